package org.copick;

import org.copick.entity.EntityKey;
import org.copick.error.NotFoundException;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.mesh.MeshScene;
import org.copick.spi.Entry;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** The surface of one object: vertices x, y, z in Å. */
public final class Mesh extends Annotation {
    private final EntityKey.Mesh key;
    private final StoredFile file;
    /** Held while the file is written, because each write replaces the version of the one before. */
    private final InterruptibleLock writing = new InterruptibleLock();
    /** The version that was read or written here last. */
    private volatile @Nullable Version known;

    Mesh(Run run, Entry entry) {
        super(run, entry);
        this.key = (EntityKey.Mesh) entry.key();
        this.file = new StoredFile(root(), entry);
    }

    /** Takes what was just written for the state that is known here. */
    Mesh keep(Version version) {
        known = version;
        return this;
    }

    @Override
    public EntityKey.Mesh key() {
        return key;
    }

    /**
     * Reads the scene: geometries and where they are placed. One read each time; keep the scene rather than asking
     * again.
     *
     * @throws NotFoundException when the file is gone since it was listed
     * @throws org.copick.error.CorruptDataException when it is no GLB file
     */
    public MeshScene scene() {
        return MeshScene.parse(glb(), location());
    }

    /**
     * Reads the file as it is. One read each time.
     *
     * @throws NotFoundException when the file is gone since it was listed
     */
    public byte[] glb() {
        StoredObject stored = file.read();
        known = stored.info().version();
        return stored.bytes();
    }

    /**
     * Replaces the file by a scene, under the conditions of {@link Entity documents}. Reads the file first if that was
     * not done.
     *
     * @throws org.copick.error.InvalidDataException for vertices that are not finite, naming the first one
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     * @throws org.copick.error.ConflictException when somebody else has written the file since it was last read here; read
     *     it again and repeat the change
     * @throws org.copick.error.UnsupportedFeatureException for a scene that one file cannot hold
     */
    public void write(MeshScene scene) {
        requireWritable("write");
        FiniteCheck.check(scene, location());
        byte[] content = scene.toGlb();
        writing.take("interrupted while another thread was writing " + file);
        try {
            Version before = known;
            known = file.replace(
                    content, before != null ? before : file.read().info().version());
        } finally {
            writing.unlock();
        }
    }

    /** Forgets which version was read, so that the next {@link #write} replaces whatever is there. */
    @Override
    public void refresh() {
        known = null;
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
