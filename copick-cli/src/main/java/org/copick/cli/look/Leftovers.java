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

/** Traces of running and killed writers in a layer: staging folders of images, and markers beside images. */
final class Leftovers {
    /** Time without a write after which a writer on another machine counts as ended. */
    static final Duration SILENCE = Duration.ofHours(1);

    /** Depth of the folders with images and their staging folders: ExperimentRuns, a run, a folder of the run. */
    private static final int DEEPEST = 3;

    private final ObjectStore store;
    private final LayerScope scope;
    private final Attempts attempts;
    private final List<String> staged = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();

    /**
     * Prepares a search of a layer.
     *
     * @param attempts lists folders, and reports those that cannot be listed
     */
    Leftovers(ObjectStore store, LayerScope scope, Attempts attempts) {
        this.store = store;
        this.scope = scope;
        this.attempts = attempts;
    }

    /** Searches the layer. */
    void find() {
        collect("ExperimentRuns/", 1);
        if (scope.densityMaps()) {
            collect("Objects/", DEEPEST);
        }
        // a marker also covers the staging folder of its image
        staged.removeIf(prefix -> StagedName.image(Keys.lastSegment(prefix))
                .filter(image ->
                        marked.contains(prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1) + image))
                .isPresent());
    }

    /** Returns the prefixes of all staging folders. */
    List<String> staged() {
        return staged;
    }

    /** Returns the keys of images with a marker. */
    List<String> marked() {
        return marked;
    }

    private void collect(String prefix, int depth) {
        attempts.attempt(store.location() + "/" + prefix, () -> {
            FolderListing level = store.listFolder(prefix);
            for (ObjectInfo object : level.objects()) {
                String name = StorePlace.markedName(object.key());
                if (name != null && isMeant(name, depth)) {
                    marked.add(prefix + name);
                }
            }
            for (String below : level.prefixes()) {
                String name = Keys.lastSegment(below);
                if (!isMeant(name, depth)) {
                    continue;
                }
                if (StagedName.isStaged(name)) {
                    staged.add(below);
                } else if (depth < DEEPEST && !name.endsWith(".zarr")) {
                    collect(below, depth + 1);
                }
            }
        });
    }

    private boolean isMeant(String name, int depth) {
        return depth > 1 || scope.runs().test(name);
    }

    /** Returns whether the writer of a staging folder is known to be running. */
    boolean isRunning(String prefix) {
        return StagedName.writer(Keys.lastSegment(prefix)) == StagedName.Writer.RUNNING;
    }

    /** Returns whether the writer of a staging folder has ended. */
    boolean isAbandoned(String prefix) {
        if (!store.can(StoreCapability.REPLACE_PREFIX)) {
            return true; // a running writer has a marker there
        }
        return switch (StagedName.writer(Keys.lastSegment(prefix))) {
            case RUNNING -> false;
            case GONE -> true;
            case UNKNOWN ->
                lastChange(Path.of(store.location(), prefix))
                        .isBefore(Instant.now().minus(SILENCE));
        };
    }

    /** Reads the marker beside an image; empty if its writer has finished meanwhile. */
    Optional<MarkedImage> mark(String image) {
        return MarkedImage.at(new StorePlace(store, image + "/"));
    }

    /** Completes or undoes the replacement of an image. */
    boolean finish(String image) {
        return MarkedImage.finish(new StorePlace(store, image + "/"));
    }

    void delete(String prefix) {
        store.deletePrefix(prefix);
    }

    /** Returns the time of the last change in a folder, or the current time if that is unknown. */
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
