package org.copick.spark;

import java.util.List;
import java.util.Optional;
import org.copick.AnnotationId;
import org.copick.OnExisting;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.entity.EntityKey;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.NotFoundException;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;

/** Writes picks files, each as a whole, such that a repeated write has no effect. */
final class PicksFiles {
    /** Attempts to replace a file that others replace at the same time, such as another attempt of the task. */
    private static final int ATTEMPTS = 5;

    private final Root root;
    private final OnExisting onExisting;

    PicksFiles(Root root, OnExisting onExisting) {
        this.root = root;
        this.onExisting = onExisting;
    }

    /**
     * Writes a file, and creates its run if it is missing.
     *
     * @throws NotFoundException if the object is not in the configuration
     * @throws AlreadyExistsException if there is a file with other points, which are not to be replaced
     */
    void write(EntityKey.Picks key, List<Point> points) {
        requireObject(key);
        Run run = root.newRun(key.run(), OnExisting.REUSE);
        AnnotationId id = AnnotationId.of(key.object()).user(key.user()).session(key.session());
        PicksDocument document = PicksDocument.empty(key.object(), key.user(), key.session(), key.run())
                .withPoints(points);
        for (int attempt = 1; ; attempt++) {
            try {
                run.newPicks(id, document, onExisting);
                return;
            } catch (AlreadyExistsException | ConflictException e) {
                run.refresh();
                Optional<Picks> existing = run.findPicks(id);
                if (existing.isPresent() && existing.get().points().equals(points)) {
                    return; // written by an earlier attempt of this task
                }
                if (onExisting == OnExisting.FAIL && existing.isPresent()) {
                    throw new AlreadyExistsException(
                            existing.get().location() + " exists already and has other points; it was not changed."
                                    + " Write with the option on_existing=replace, or as another user or session",
                            e);
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void requireObject(EntityKey.Picks key) {
        if (root.findObject(key.object()).isEmpty()) {
            throw new NotFoundException("cannot write picks of \"" + key.object() + "\" in run " + key.run()
                    + ": the configuration has no such object; add it to pickable_objects, or use one of "
                    + root.objects().stream().map(PickableObject::name).toList());
        }
    }
}
