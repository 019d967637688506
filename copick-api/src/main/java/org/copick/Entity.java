package org.copick;

import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.Layer;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ReadOnlyException;
import org.copick.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Common parts of all entities: a place in the project, the layer they come from, and a way to delete them.
 *
 * <p><b>Identity.</b> Two entities are equal when they have the same project, key and layer, whatever they hold and however
 * often they were looked up. Runs and voxel spacings are one thing however many layers have them, so their layer does not
 * count. A root and its {@linkplain Root#unmerged unmerged} view are one project; roots that were opened separately are
 * two, even of the same files, because each has its own configuration and is closed on its own.
 *
 * <p><b>Changes by others.</b> Picks, filaments and meshes are documents of one file. Storing one replaces the file only if
 * nobody else has written it since it was last read or stored through the same object, otherwise it throws
 * {@link org.copick.error.ConflictException} and changes nothing; the configuration follows that rule too. A store that
 * cannot compare versions itself is asked just before the write. Volumes consist of many objects and have no version:
 * {@code write} replaces whatever is there by then, as a whole.
 */
public abstract sealed class Entity permits Run, VoxelSpacing, Tomogram, Features, Annotation {
    private final Root root;
    private final Entry entry;

    Entity(Root root, Entry entry) {
        this.root = root;
        this.entry = entry;
    }

    /** The project. */
    public final Root root() {
        return root;
    }

    /** The key of this entity in the project. */
    public EntityKey key() {
        return entry.key();
    }

    /** The layer this entity comes from; for a run or voxel spacing the first one that has it. */
    public final Layer layer() {
        return entry.layer();
    }

    /** Whether this entity can be neither changed nor deleted. */
    public final boolean readOnly() {
        return entry.layer().readOnly();
    }

    /** Where it is, as a path or URL. */
    public final String location() {
        return entry.location();
    }

    /** How many bytes it takes in its layer. One request for picks, filaments and meshes, a listing for the others. */
    public final long storedBytes() {
        return root.backend().size(entry);
    }

    /**
     * Deletes this entity with everything in it, and forgets it in the listing it came from. Deleting what is gone
     * already does nothing.
     *
     * @throws ReadOnlyException when it lies in a read-only layer
     */
    public void delete() {
        requireWritable("delete");
        root.backend().delete(entry);
        forget();
    }

    /**
     * Hides this entity of a read-only layer, with everything in it. The writable layer gets a tombstone that hides it in the
     * layers below; those layers do not change. The entity can be created again, and {@link Root#unhide} shows it again. If
     * the writable layer has nothing of a run or voxel spacing but its {@code .meta} files and tombstones, it loses these.
     * Python copick still shows hidden entities.
     *
     * @throws AlreadyExistsException when only the writable layer has it: delete it instead; and when the writable layer
     *     has a copy of it or something in it: delete that first
     * @throws ReadOnlyException without a writable layer
     */
    public final void hide() {
        Tombstones.hide(root.backend(), entry);
        forget();
    }

    /** Forgets what was read and listed of it, so that the next look sees what others have changed. */
    public abstract void refresh();

    /** Drops the listing that holds this entity. */
    abstract void forget();

    final Entry entry() {
        return entry;
    }

    final void requireWritable(String operation) {
        if (readOnly()) {
            throw new ReadOnlyException("cannot " + operation + " " + location() + ": it lies in the read-only layer "
                    + layer().name() + "; make a copy in the overlay instead");
        }
    }

    /** Whether the other one is of the same class, project, key and layer; see above. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Entity that
                && root.isProjectOf(that.root)
                && key().equals(that.key())
                && (key().kind().content() == EntityKind.Content.CONTAINER || layer().equals(that.layer()));
    }

    @Override
    public final int hashCode() {
        return key().hashCode();
    }

    /** Its location. */
    @Override
    public String toString() {
        return location();
    }
}
