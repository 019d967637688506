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
 * Something that can be annotated: a macromolecule, a membrane, a filament; defined in the configuration. Equal to another
 * one of the same project and name, whatever their definitions say.
 */
public final class PickableObject {
    private final Root root;
    private final ObjectDefinition definition;

    PickableObject(Root root, ObjectDefinition definition) {
        this.root = root;
        this.definition = definition;
    }

    public String name() {
        return definition.name();
    }

    /** Whether points and a density map can represent it. */
    public boolean isParticle() {
        return definition.isParticle();
    }

    /** Whether it is declared a filament (spec section 14.2). */
    public boolean isFilament() {
        return definition.filament().isPresent();
    }

    /** Its value in multilabel segmentations. */
    public OptionalLong label() {
        return definition.label();
    }

    public Color color() {
        return definition.color();
    }

    /** In Å. */
    public OptionalDouble radius() {
        return definition.radius();
    }

    /** Everything the configuration says of it. */
    public ObjectDefinition definition() {
        return definition;
    }

    /** The layer its density map comes from, where it has one. */
    public Optional<Layer> layer() {
        return root.densityMap(name()).map(Entry::layer);
    }

    /** Whether its density map lies in a read-only layer. */
    public boolean readOnly() {
        return layer().map(Layer::readOnly).orElse(false);
    }

    /** How many bytes its density map takes; 0 without one. Costs a listing of the map. */
    public long storedBytes() {
        return root.densityMap(name()).map(root.backend()::size).orElse(0L);
    }

    /**
     * The density map: z, y, x. Empty for objects that are no particles and for particles without one. Lists the maps
     * once for the project and reads the map's metadata.
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
     * The density map: z, y, x. See {@link #findDensityMap}.
     *
     * @throws org.copick.error.NotFoundException when there is none
     */
    public Volume densityMap() {
        return findDensityMap()
                .orElseThrow(() -> new NotFoundException("the object " + name() + " has no density map"));
    }

    /** Creates the density map, with {@linkplain VolumeOptions#defaults() the usual options}. */
    public void newDensityMap(VolumeData data, double voxelSize) {
        newDensityMap(data, voxelSize, VolumeOptions.defaults());
    }

    /**
     * Creates the density map, z, y, x, in the writable layer. Options that replace a map replace whatever is there by then, as
     * with all volumes; see {@link Entity}.
     *
     * @param voxelSize in Å
     * @throws UnsupportedFeatureException for an object that is no particle
     * @throws org.copick.error.AlreadyExistsException when any layer has one, unless the options say otherwise
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public void newDensityMap(VolumeData data, double voxelSize, VolumeOptions options) {
        if (!isParticle()) {
            throw new UnsupportedFeatureException(
                    "the object " + name() + " is no particle; only particles have density maps");
        }
        VolumeWrite.create(root, new EntityKey.DensityMap(name()), options, write -> write.densityMap(data, voxelSize));
        root.forgetDensityMaps();
    }

    /**
     * Deletes the density map; without one this does nothing.
     *
     * @throws ReadOnlyException when it lies in a read-only layer
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

    /**
     * Hides the density map of a read-only layer, under the conditions of {@link Entity#hide}; without one this does
     * nothing.
     */
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

    /** Whether the other one has the same project, by the rule of {@link Entity}, and the same name. */
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
