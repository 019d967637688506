package org.copick.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.copick.zarr.StagedName;

/** The folders that writers of a local layer stage images in, which a killed writer leaves behind. */
final class Leftovers {
    /** A writer that nothing is known of, because it runs elsewhere, has ended when it wrote nothing for so long. */
    static final Duration SILENCE = Duration.ofHours(1);

    /** ExperimentRuns, a run, a folder of it: images and what is staged for them lie in these. */
    private static final int DEEPEST = 3;

    private final ObjectStore store;

    Leftovers(ObjectStore store) {
        this.store = store;
    }

    /** The prefixes of all staged folders. */
    List<String> staged() {
        List<String> found = new ArrayList<>();
        collect("ExperimentRuns/", 1, found);
        collect("Objects/", DEEPEST, found);
        return found;
    }

    private void collect(String prefix, int depth, List<String> found) {
        for (String below : store.listLevel(prefix).prefixes()) {
            String name = Keys.lastSegment(below);
            if (StagedName.isStaged(name)) {
                found.add(below);
            } else if (depth < DEEPEST && !name.endsWith(".zarr")) {
                collect(below, depth + 1, found);
            }
        }
    }

    /** Whether the writer of a staged folder is known to run. */
    boolean isRunning(String prefix) {
        return StagedName.writer(Keys.lastSegment(prefix)) == StagedName.Writer.RUNNING;
    }

    /** Whether the writer of a staged folder has ended. */
    boolean isAbandoned(String prefix) {
        return switch (StagedName.writer(Keys.lastSegment(prefix))) {
            case RUNNING -> false;
            case GONE -> true;
            case UNKNOWN ->
                lastChange(Path.of(store.location(), prefix))
                        .isBefore(Instant.now().minus(SILENCE));
        };
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
