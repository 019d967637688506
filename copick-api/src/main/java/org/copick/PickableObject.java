package org.copick;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.copick.config.Color;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKey;
import org.copick.entity.Layer;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An object that can be annotated, such as a macromolecule, a membrane or a filament; defined in the configuration.
 *
 * <p>Two objects are equal if they have the same project and name, regardless of their definitions.
 */
public final class PickableObject {
    private final Root root;
    private final ObjectDefinition definition;

    PickableObject(Root root, ObjectDefinition definition) {
        this.root = root;
        this.definition = definition;
    }

    /** {@return the name of the object} */
    public String name() {
        return definition.name();
    }

    /** {@return whether this object is a particle, which points and a density map can represent} */
    public boolean isParticle() {
        return definition.isParticle();
    }

    /** {@return whether the configuration declares this object a filament (spec section 14.2)} */
    public boolean isFilament() {
        return definition.filament().isPresent();
    }

    /** {@return the value of this object's voxels in multilabel segmentations, or empty if it has no label} */
    public OptionalLong label() {
        return definition.label();
    }

    /** {@return the colour in which to display this object} */
    public Color color() {
        return definition.color();
    }

    /** {@return the radius in Å, or empty if the configuration gives none} */
    public OptionalDouble radius() {
        return definition.radius();
    }

    /** {@return the definition of this object in the configuration} */
    public ObjectDefinition definition() {
        return definition;
    }

    /** {@return the layer that contains the density map, or empty if there is no map} */
    public Optional<Layer> layer() {
        return root.densityMap(name()).map(Entry::layer);
    }

    /** {@return whether the density map lies in a read-only layer; false if there is no map} */
    public boolean readOnly() {
        return layer().map(Layer::readOnly).orElse(false);
    }

    /** {@return the size of the density map in bytes, or 0 if there is no map} Costs a listing of the map. */
    public long storedBytes() {
        return root.densityMap(name()).map(root.backend()::size).orElse(0L);
    }

    /**
     * {@return the density map, with axes z, y, x; empty if this object is not a particle or has no map}
     *
     * <p>Lists the density maps once per project, and reads the metadata of the map.
     */
    public Optional<Volume> findDensityMap() {
        if (!isParticle()) {
            return Optional.empty();
        }
        return root.densityMap(name())
                .map(entry -> Volume.open(root.context().zarr(), root.backend().open(entry)))
                .filter(volume -> !volume.isAbsent());
    }

    /**
     * {@return the density map, with axes z, y, x} See {@link #findDensityMap}.
     *
     * @throws org.copick.error.NotFoundException if there is no density map
     */
    public Volume densityMap() {
        return findDensityMap()
                .orElseThrow(() -> new NotFoundException("the object " + name() + " has no density map"));
    }

    /**
     * Creates the density map, with {@linkplain VolumeOptions#defaults() the default options}.
     *
     * @param data the elements, in the order z, y, x
     * @param voxelSize voxel size in Å
     */
    public void newDensityMap(VolumeData data, double voxelSize) {
        newDensityMap(data, voxelSize, VolumeOptions.defaults());
    }

    /**
     * Creates the density map in the writable layer.
     *
     * <p>With {@link OnExisting#REPLACE}, the new map replaces whatever is stored at the time of writing, as for all
     * volumes; see {@link Entity}.
     *
     * @param data the elements, in the order z, y, x
     * @param voxelSize voxel size in Å
     * @param options format, levels and element type, and what to do with an existing map
     * @throws UnsupportedFeatureException if this object is not a particle
     * @throws org.copick.error.AlreadyExistsException if any layer has a map of this object, unless the options allow
     *     it
     * @throws org.copick.error.ReadOnlyException if the project has no writable layer
     */
    public void newDensityMap(VolumeData data, double voxelSize, VolumeOptions options) {
        if (!isParticle()) {
            throw new UnsupportedFeatureException(
                    "the object " + name() + " is not a particle; only particles have density maps");
        }
        VolumeWrite.create(root, new EntityKey.DensityMap(name()), options, write -> write.densityMap(data, voxelSize));
        root.forgetDensityMaps();
    }

    /**
     * Deletes the density map. Does nothing if there is no map.
     *
     * @throws ReadOnlyException if the map lies in a read-only layer
     */
    public void deleteDensityMap() {
        densityMapEntry().ifPresent(map -> {
            if (map.layer().readOnly()) {
                throw new ReadOnlyException("cannot delete " + map + ": it lies in the read-only layer "
                        + map.layer().name());
            }
            root.backend().delete(map);
            root.forgetDensityMaps();
        });
    }

    /** Hides the density map of a read-only layer; see {@link Entity#hide}. Does nothing if there is no map. */
    public void hideDensityMap() {
        densityMapEntry().ifPresent(map -> {
            Tombstones.hide(root.backend(), map);
            root.forgetDensityMaps();
        });
    }

    Root root() {
        return root;
    }

    Optional<Entry> densityMapEntry() {
        return root.densityMap(name());
    }

    /** {@return whether the other object has the same project, as defined in {@link Entity}, and the same name} */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PickableObject that && root.isProjectOf(that.root) && name().equals(that.name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
