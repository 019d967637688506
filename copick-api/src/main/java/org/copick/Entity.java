package org.copick;

import java.util.Map;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ReadOnlyException;
import org.copick.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The common base of all entities: an entity has a key, lies in a layer and can be deleted.
 *
 * <p><b>Identity.</b> Two entities are equal if they have the same project, key and layer, regardless of their content
 * and of how often they were looked up. Several layers can have the same run or voxel spacing, so for these the layer
 * does not count. A catalogue such as the CryoET Data Portal can have several tomograms of one type, which differ in
 * their {@linkplain #location location}. A root and its {@linkplain Root#unmerged unmerged} view are one project. Roots
 * that were opened separately are different projects, even for the same files, because each has its own configuration
 * and is closed separately.
 *
 * <p><b>Changes by other programs.</b> Picks, filaments and meshes are documents, each stored in one file. Writing a
 * document replaces the file only if no other program has written it since it was last read or written through the same
 * object; otherwise it throws {@link org.copick.error.ConflictException} and changes nothing. Saving the configuration
 * follows this rule too. If a store cannot compare versions itself, the version is checked just before the write.
 * Volumes consist of many objects and have no version: {@code write} replaces the whole volume, whatever it contains at
 * that time.
 */
public abstract sealed class Entity permits Run, VoxelSpacing, Tomogram, Features, Annotation {
    private final Root root;
    private final Entry entry;

    Entity(Root root, Entry entry) {
        this.root = root;
        this.entry = entry;
    }

    /** {@return the project that this entity belongs to} */
    public final Root root() {
        return root;
    }

    /** {@return the key of this entity, which identifies it within the project} */
    public EntityKey key() {
        return entry.key();
    }

    /** {@return the layer that this entity comes from: for a run or voxel spacing, the first layer that has it} */
    public final Layer layer() {
        return entry.layer();
    }

    /** {@return whether this entity is read-only, so that it can be neither changed nor deleted} */
    public final boolean readOnly() {
        return entry.layer().readOnly();
    }

    /** {@return the path or URL of this entity} */
    public final String location() {
        return entry.location();
    }

    /**
     * {@return what the catalogue of this entity's layer knows about it, by name; empty in the copick layout}
     *
     * <p>Values are texts, numbers, booleans, and lists and maps of them. Runs and voxel spacings of the CryoET Data
     * Portal have the portal's metadata even if the overlay has them, too.
     */
    public final Map<String, Object> metadata() {
        return entry.metadata();
    }

    /**
     * {@return the size of this entity in its layer, in bytes}
     *
     * <p>Costs one request for picks, filaments and meshes, and a listing for all other entities. Costs none in a layer that
     * is opened through its index, which has the sizes of the time when it was made.
     */
    public final long storedBytes() {
        return root.backend().size(entry);
    }

    /**
     * Deletes this entity with all its contents, and discards the cached listing that contains it.
     *
     * <p>Deleting an entity that no longer exists does nothing. Features are stored beside their tomogram: deleting the
     * tomogram leaves them, and a new tomogram of its type has them again.
     *
     * @throws ReadOnlyException if this entity lies in a read-only layer, or is a run or voxel spacing that a read-only
     *     layer has, too
     */
    public void delete() {
        requireWritable("delete");
        root.backend().delete(entry);
        forget();
    }

    /**
     * Hides this entity of a read-only layer, with all its contents.
     *
     * <p>The writable layer gets a tombstone that hides the entity in the layers below; those layers do not change. The
     * entity can be created again, and {@link Root#unhide} shows the hidden one again. If the writable layer contains
     * nothing of a run or voxel spacing except its {@code .meta} files and tombstones, these are deleted. Python copick
     * still shows hidden entities.
     *
     * @throws AlreadyExistsException if only the writable layer has this entity: delete it instead; or if the writable
     *     layer has a copy of it or contents of it: delete those first
     * @throws ReadOnlyException if the project has no writable layer
     */
    public final void hide() {
        Tombstones.hide(root.backend(), entry);
        forget();
    }

    /** Discards what was read and listed for this entity, so that the next access sees changes by other programs. */
    public abstract void refresh();

    /** Discards the listing that contains this entity. */
    abstract void forget();

    /**
     * {@return the entry that this entity was listed with}
     *
     * <p>{@link Root#backend} of any root that is opened with this project's configuration reads it.
     */
    public final Entry entry() {
        return entry;
    }

    final void requireWritable(String operation) {
        if (readOnly()) {
            throw new ReadOnlyException("cannot " + operation + " " + location() + ": it lies in the read-only layer "
                    + layer().name() + "; make a copy in the overlay instead");
        }
    }

    /**
     * {@return whether the other object is an entity of the same class with the same project, key and layer; see above}
     */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Entity that
                && root.isProjectOf(that.root)
                && key().equals(that.key())
                && (key().kind().content() == EntityKind.Content.CONTAINER
                        || (layer().equals(that.layer()) && location().equals(that.location())));
    }

    @Override
    public final int hashCode() {
        return key().hashCode();
    }

    /** {@return the location of this entity} */
    @Override
    public String toString() {
        return location();
    }
}
