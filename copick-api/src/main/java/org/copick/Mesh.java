package org.copick;

import org.copick.error.NotFoundException;
import org.copick.mesh.MeshScene;
import org.copick.spi.EntityKey;
import org.copick.spi.Entry;
import org.copick.storage.WriteCondition;

/** The surface of one object: vertices x, y, z in Å. */
public final class Mesh extends Entity implements Annotation {
    private final Run run;
    private final EntityKey.Mesh key;

    Mesh(Run run, Entry entry) {
        super(run.root(), entry);
        this.run = run;
        this.key = (EntityKey.Mesh) entry.key();
    }

    @Override
    public EntityKey.Mesh key() {
        return key;
    }

    @Override
    public Run run() {
        return run;
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
        return root().backend()
                .read(entry())
                .orElseThrow(() -> new NotFoundException("the mesh at " + location() + " is gone; refresh the run"))
                .bytes();
    }

    /**
     * Replaces the file by a scene.
     *
     * @throws org.copick.error.ReadOnlyException in a read-only layer
     * @throws org.copick.error.UnsupportedFeatureException for a scene that one file cannot hold
     */
    public void store(MeshScene scene) {
        requireWritable("write");
        root().backend().replaceDocument(entry(), scene.toGlb(), WriteCondition.ANY);
    }

    /**
     * A copy in the writable layer, which then shadows this one; this one when it is writable already.
     *
     * @throws org.copick.error.ReadOnlyException without a writable layer
     */
    public Mesh writableCopy() {
        return readOnly() ? run.create(key, glb()) : this;
    }

    @Override
    void forget() {
        run.refreshMeshes();
    }
}
