package org.copick;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.error.AlreadyExistsException;
import org.copick.mesh.MeshScene;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;

/**
 * Creates the documents of a run.
 *
 * <p>Each document is created with its content in a single write, so that readers never see an incomplete one.
 */
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

    /** Creates picks with the names of the key. Rejects numbers that are not finite. */
    Picks picks(EntityKey.Picks key, PicksDocument document, OnExisting onExisting) {
        PicksDocument named = document.withIdentity(key.object(), key.user(), key.session(), key.run());
        return created(
                key,
                picks,
                onExisting,
                () -> {
                    FiniteCheck.check(named, described("picks", key));
                    return create(key, named);
                },
                existing -> existing.write(named));
    }

    /** Creates filaments with the names of the key. Rejects numbers that are not finite. */
    Filaments filaments(EntityKey.Filaments key, FilamentsDocument document, OnExisting onExisting) {
        FilamentsDocument named = document.withIdentity(key.object(), key.user(), key.session(), key.run());
        return created(
                key,
                filaments,
                onExisting,
                () -> {
                    FiniteCheck.check(named, described("filaments", key));
                    return create(key, named.staleCurves().isEmpty() ? named : named.withoutStaleCurves());
                },
                existing -> existing.write(named));
    }

    /** Creates a mesh. Rejects vertices that are not finite. */
    Mesh mesh(EntityKey.Mesh key, MeshScene scene, OnExisting onExisting) {
        return created(
                key,
                meshes,
                onExisting,
                () -> {
                    FiniteCheck.check(scene, described("mesh", key));
                    return create(key, scene.toGlb());
                },
                existing -> existing.write(scene));
    }

    /** Checks the object and the names of a new annotation, then creates it or handles an existing one. */
    private <A extends Annotation> A created(
            EntityKey.Annotation wanted,
            EntityList<A> siblings,
            OnExisting onExisting,
            Supplier<A> create,
            Consumer<A> replace) {
        run.root().object(wanted.object());
        EntityNames.checkedForCreation("object name", wanted.object());
        EntityNames.checkedForCreation("user id", wanted.user());
        EntityNames.checkedForCreation("session id", wanted.session());
        Optional<Entry> found = run.root().backend().find(wanted);
        if (found.isEmpty()) {
            return create.get();
        }
        Entry existing = found.get();
        switch (onExisting) {
            case FAIL -> throw new AlreadyExistsException(existing + " exists already; nothing was written");
            case REUSE -> {
                return siblings.wrap(existing);
            }
            case REPLACE -> {
                if (existing.layer().readOnly()) {
                    return create.get();
                }
                A entity = siblings.wrap(existing);
                replace.accept(entity);
                return entity;
            }
        }
        throw new IllegalArgumentException("onExisting is " + onExisting);
    }

    /** Creates picks in the writable layer, even if other layers have some with this key. */
    Picks create(EntityKey.Picks key, PicksDocument document) {
        CreatedDocument created = written(key, document.toJson(), picks);
        return picks.wrap(created.entry()).keep(document, created.version());
    }

    /** Creates filaments in the writable layer, even if other layers have some with this key. */
    Filaments create(EntityKey.Filaments key, FilamentsDocument document) {
        CreatedDocument created = written(key, document.toJson(), filaments);
        return filaments.wrap(created.entry()).keep(document, created.version());
    }

    /** Creates a mesh in the writable layer, even if other layers have one with this key. */
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
