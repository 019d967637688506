package org.copick.cli.look;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.copick.LayerScope;
import org.copick.cli.walk.Attempts;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.zarr.MarkedImage;
import org.copick.zarr.StagedName;

/** Finds the work of running and killed writers in a layer: folders that images are staged in, and marks beside images. */
final class Leftovers {
    /** A writer that nothing is known of, because it runs elsewhere, has ended when it wrote nothing for so long. */
    static final Duration SILENCE = Duration.ofHours(1);

    /** ExperimentRuns, a run, a folder of it: images and what is staged for them lie in these. */
    private static final int DEEPEST = 3;

    private final ObjectStore store;
    private final LayerScope scope;
    private final Attempts attempts;
    private final List<String> staged = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();

    /**
     * Prepares a look through a layer.
     *
     * @param attempts goes on where a folder cannot be listed
     */
    Leftovers(ObjectStore store, LayerScope scope, Attempts attempts) {
        this.store = store;
        this.scope = scope;
        this.attempts = attempts;
    }

    /** Looks for what writers left. */
    void find() {
        collect("ExperimentRuns/", 1);
        if (scope.densityMaps()) {
            collect("Objects/", DEEPEST);
        }
        // what a mark tells includes the folder beside it
        staged.removeIf(prefix -> StagedName.image(Keys.lastSegment(prefix))
                .filter(image ->
                        marked.contains(prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1) + image))
                .isPresent());
    }

    /** The prefixes of all staged folders. */
    List<String> staged() {
        return staged;
    }

    /** The keys of images that are marked as not whole. */
    List<String> marked() {
        return marked;
    }

    private void collect(String prefix, int depth) {
        attempts.attempt(store.location() + "/" + prefix, () -> {
            FolderListing level = store.listFolder(prefix);
            for (ObjectInfo object : level.objects()) {
                String name = StorePlace.markedName(object.key());
                if (name != null) {
                    marked.add(prefix + name);
                }
            }
            for (String below : level.prefixes()) {
                String name = Keys.lastSegment(below);
                boolean meant = depth > 1 || scope.runs().test(name);
                if (StagedName.isStaged(name)) {
                    staged.add(below);
                } else if (meant && depth < DEEPEST && !name.endsWith(".zarr")) {
                    collect(below, depth + 1);
                }
            }
        });
    }

    /** Whether the writer of a staged folder is known to run. */
    boolean isRunning(String prefix) {
        return StagedName.writer(Keys.lastSegment(prefix)) == StagedName.Writer.RUNNING;
    }

    /** Whether the writer of a staged folder has ended. */
    boolean isAbandoned(String prefix) {
        if (!store.can(StoreCapability.REPLACE_PREFIX)) {
            return true; // a writer there has a mark
        }
        return switch (StagedName.writer(Keys.lastSegment(prefix))) {
            case RUNNING -> false;
            case GONE -> true;
            case UNKNOWN ->
                lastChange(Path.of(store.location(), prefix))
                        .isBefore(Instant.now().minus(SILENCE));
        };
    }

    /** Reads the mark beside an image; empty if its writer has finished by now. */
    Optional<MarkedImage> mark(String image) {
        return MarkedImage.at(new StorePlace(store, image + "/"));
    }

    /** Completes or undoes a replacement. */
    boolean finish(String image) {
        return MarkedImage.finish(new StorePlace(store, image + "/"));
    }

    void delete(String prefix) {
        store.deletePrefix(prefix);
    }

    /** Returns when anything in a folder last changed, or now if that is unknown. */
    private static Instant lastChange(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            Instant last = Instant.EPOCH;
            for (Path path : (Iterable<Path>) all::iterator) {
                Instant changed = Files.getLastModifiedTime(path).toInstant();
                last = changed.isAfter(last) ? changed : last;
            }
            return last;
        } catch (IOException | UncheckedIOException e) {
            return Instant.now();
        }
    }
}
