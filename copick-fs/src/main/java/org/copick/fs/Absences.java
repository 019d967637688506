package org.copick.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names that a folder was found to lack a moment ago. An overlay lacks most of what a program looks up in it, often the whole
 * run; each lookup of something in that run would ask for every folder above it.
 *
 * <p>A name is still missing if its folder has not changed, which its modification time shows. That time has a resolution of
 * two seconds on some disks, so it counts only if it was older when the folder was looked at. Some network file systems do not
 * set it, so each name is looked up again after a second. Safe for use by many threads.
 */
final class Absences {
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final long FRESH_NANOS = 1_000_000_000;
    /** Most names that are remembered. Lookups go from run to run, so few are needed. */
    private static final int MOST = 256;

    private final Map<Path, Absence> known = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** The number of times that names were forgotten; guarded by this object. */
    private long forgotten;

    /** Remembers names for a second of this clock. */
    Absences(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Absence(
            Path folder, FileTime modified, @Nullable Object fileKey, long seen) {}

    /** Returns whether a path is at or below a name that is still missing. False if that is unknown. */
    boolean cover(Path path) {
        if (known.isEmpty()) {
            return false;
        }
        for (Path name = path; name != null; name = name.getParent()) {
            Absence absence = known.get(name);
            if (absence != null) {
                if (isUnchanged(absence)) {
                    return true;
                }
                known.remove(name, absence);
            }
        }
        return false;
    }

    private boolean isUnchanged(Absence absence) {
        if (nanoTime.getAsLong() - absence.seen > FRESH_NANOS) {
            return false;
        }
        BasicFileAttributes now = attributes(absence.folder);
        return now != null
                && now.lastModifiedTime().equals(absence.modified)
                && Objects.equals(now.fileKey(), absence.fileKey);
    }

    /**
     * Remembers the missing name at or above a path that was not found.
     *
     * @throws DanglingLinkException if the path does not exist because of a dangling link
     */
    void add(Path missing) throws DanglingLinkException {
        Path name = DanglingLinkException.firstMissing(missing);
        Path folder = name.getParent();
        // both are looked at before the name, so that a name that is created in between changes one of them
        long expected = forgotten();
        BasicFileAttributes before = folder == null ? null : attributes(folder);
        long now = nanoTime.getAsLong();
        if (DanglingLinkException.isMissing(name)
                && folder != null
                && before != null
                && before.lastModifiedTime().toInstant().isBefore(Instant.now().minus(SETTLED))) {
            put(name, new Absence(folder, before.lastModifiedTime(), before.fileKey(), now), expected);
        }
    }

    private synchronized long forgotten() {
        return forgotten;
    }

    private synchronized void put(Path name, Absence absence, long expected) {
        if (forgotten != expected) {
            return;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(name, absence);
    }

    /** Forgets all names, because this program has created some. */
    synchronized void clear() {
        forgotten++;
        known.clear();
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }
}
