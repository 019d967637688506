package org.copick;

import java.util.concurrent.atomic.AtomicReference;
import org.copick.entity.EntityKey;
import org.copick.error.NotFoundException;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.mesh.MeshScene;
import org.copick.spi.Entry;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** A surface of one object, with vertices x, y, z in Å. */
public final class Mesh extends Annotation {
    private final EntityKey.Mesh key;
    private final StoredFile file;
    /** Serialises writes, because each write needs the version that the previous one returned. */
    private final InterruptibleLock writing = new InterruptibleLock();
    /** The version that was last read or written through this object. */
    private final AtomicReference<@Nullable Version> known = new AtomicReference<>();

    Mesh(Run run, Entry entry) {
        super(run, entry);
        this.key = (EntityKey.Mesh) entry.key();
        this.file = new StoredFile(root(), entry);
    }

    /** Records the version of a file that was just written as the current one. */
    Mesh keep(Version version) {
        known.set(version);
        return this;
    }

    @Override
    public EntityKey.Mesh key() {
        return key;
    }

    /**
     * Reads the scene: geometries and their placements.
     *
     * <p>Costs one read on every call, so keep the scene instead of calling this again.
     *
     * @return the scene, with vertices x, y, z in Å
     * @throws NotFoundException if the file has been deleted since it was listed
     * @throws org.copick.error.CorruptDataException if the file is not a valid GLB file
     */
    public MeshScene scene() {
        return MeshScene.parse(glb(), location());
    }

    /**
     * Reads the bytes of the GLB file. Costs one read on every call.
     *
     * @return the bytes as they are stored, which are not checked
     * @throws NotFoundException if the file has been deleted since it was listed
     */
    public byte[] glb() {
        Version before = known.get();
        StoredObject stored = file.read();
        // a write during the read knows a later version
        known.compareAndSet(before, stored.info().version());
        return stored.bytes();
    }

    /**
     * Replaces the file with a scene, if no other program has written it; see {@link Entity}.
     *
     * <p>Reads the file first if it has not been read.
     *
     * @param scene the new scene, with vertices x, y, z in Å
     * @throws org.copick.error.InvalidDataException if a vertex is not finite; the message names the first one
     * @throws org.copick.error.ReadOnlyException if this mesh lies in a read-only layer
     * @throws org.copick.error.ConflictException if another program has written the file since it was last read here;
     *     read it again and repeat the change
     * @throws org.copick.error.UnsupportedFeatureException if a single file cannot hold the scene
     */
    public void write(MeshScene scene) {
        requireWritable("write");
        FiniteCheck.check(scene, location());
        byte[] content = scene.toGlb();
        writing.take("interrupted while another thread was writing " + file);
        try {
            Version before = known.get();
            known.set(file.replace(
                    content, before != null ? before : file.read().info().version()));
        } finally {
            writing.unlock();
        }
    }

    /** Discards the known version, so that the next {@link #write} replaces whatever is stored by then. */
    @Override
    public void refresh() {
        known.set(null);
    }

    @Override
    public Mesh writableCopy() {
        return readOnly() ? run().creation().create(key, glb()) : this;
    }

    @Override
    void forget() {
        run().refreshMeshes();
    }
}
