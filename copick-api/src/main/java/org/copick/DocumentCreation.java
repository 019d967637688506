package org.copick;

import java.util.Optional;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.error.AlreadyExistsException;
import org.copick.mesh.MeshScene;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;

/** Creates the documents of a run, each with its content by one write, so that nobody sees one that is not whole. */
final class DocumentCreation {
    private final Run run;
    private final EntityList<Picks> picks;
    private final EntityList<Filaments> filaments;
    private final EntityList<Mesh> meshes;

    DocumentCreation(Run run, EntityList<Picks> picks, EntityList<Filaments> filaments, EntityList<Mesh> meshes) {
        this.run = run;
        this.picks = picks;
        this.filaments = filaments;
        this.meshes = meshes;
    }

    /** Checks what a new annotation is of and called, and finds what there is already. */
    Optional<Entry> existing(EntityKey.Annotation wanted, IfExists ifExists) {
        run.root().object(wanted.object());
        EntityNames.checkedForCreation("object name", wanted.object());
        EntityNames.checkedForCreation("user id", wanted.user());
        EntityNames.checkedForCreation("session id", wanted.session());
        Optional<Entry> existing = run.root().backend().find(wanted);
        if (existing.isPresent() && ifExists == IfExists.FAIL) {
            throw new AlreadyExistsException(existing.get() + " exists already; nothing was written");
        }
        return existing;
    }

    /** Creates picks under the names of the key, and refuses numbers that are not finite. */
    Picks createChecked(EntityKey.Picks key, PicksDocument document) {
        PicksDocument named = document.withIdentity(key.object(), key.user(), key.session(), key.run());
        FiniteCheck.check(named, described("picks", key));
        return create(key, named);
    }

    /** Creates filaments under the names of the key, and refuses numbers that are not finite. */
    Filaments createChecked(EntityKey.Filaments key, FilamentsDocument document) {
        FilamentsDocument named = document.withIdentity(key.object(), key.user(), key.session(), key.run());
        FiniteCheck.check(named, described("filaments", key));
        return create(key, named.staleCurves().isEmpty() ? named : named.withoutStaleCurves());
    }

    /** Creates a mesh, and refuses vertices that are not finite. */
    Mesh createChecked(EntityKey.Mesh key, MeshScene scene) {
        FiniteCheck.check(scene, described("mesh", key));
        return create(key, scene.toGlb());
    }

    /** Creates picks in the writable layer, whatever other layers have. */
    Picks create(EntityKey.Picks key, PicksDocument document) {
        CreatedDocument created = written(key, document.toJson(), picks);
        return picks.wrap(created.entry()).keep(document, created.version());
    }

    /** Creates filaments in the writable layer, whatever other layers have. */
    Filaments create(EntityKey.Filaments key, FilamentsDocument document) {
        CreatedDocument created = written(key, document.toJson(), filaments);
        return filaments.wrap(created.entry()).keep(document, created.version());
    }

    /** Creates a mesh in the writable layer, whatever other layers have. */
    Mesh create(EntityKey.Mesh key, byte[] glb) {
        CreatedDocument created = written(key, glb, meshes);
        return meshes.wrap(created.entry()).keep(created.version());
    }

    private CreatedDocument written(EntityKey key, byte[] content, EntityList<?> siblings) {
        CreatedDocument created = run.root().backend().createDocument(key, content);
        siblings.refresh();
        return created;
    }

    private static String described(String what, EntityKey.Annotation key) {
        return "the " + what + " " + CopickUri.of(key) + " of run " + key.run();
    }
}
