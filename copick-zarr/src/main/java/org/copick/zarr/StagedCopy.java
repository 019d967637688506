package org.copick.zarr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.copick.error.CorruptDataException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.jspecify.annotations.Nullable;

/**
 * Copies a staged image to its place. The metadata of the old image are deleted first and those of the new one copied
 * last, the group's after all others. So other programs find the old image, none, or the new one. In between, the place
 * is never empty, because this library finds the marker by the place's content.
 */
final class StagedCopy {
    private static final int PAGE = 1000;
    private static final int SIDE_BY_SIDE = 16;
    /**
     * Files that make the group visible, in the order of copying and of deletion. The group exists from the moment the
     * last file is copied until the last file is deleted.
     */
    private static final List<String> GROUP = List.of(Zarr.V2_CONSOLIDATED, Zarr.V2_ARRAY, Zarr.V2_GROUP, Zarr.V3);

    private final StorePlace place;
    private final String staged;
    private final Runnable check;

    /**
     * Creates a copy.
     *
     * @param check called before each change; throws an exception if the change must not be made
     */
    StagedCopy(StorePlace place, String staged, Runnable check) {
        this.place = place;
        this.staged = staged;
        this.check = check;
    }

    /**
     * The objects below a prefix, in three classes. Chunks are one, the metadata of levels and the attributes of the
     * group another; the third are the files that make the group visible.
     */
    private record Content(List<ObjectInfo> chunks, List<ObjectInfo> levels, List<ObjectInfo> group) {
        static Content of(ObjectStore store) {
            Content content = new Content(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            store.forEach("", object -> {
                String key = object.key();
                boolean metadata = Zarr.METADATA.contains(Keys.lastSegment(key));
                (!metadata ? content.chunks : GROUP.contains(key) ? content.group : content.levels).add(object);
            });
            content.group.sort(Comparator.comparing(object -> GROUP.indexOf(object.key())));
            return content;
        }

        boolean isEmpty() {
            return chunks.isEmpty() && levels.isEmpty() && group.isEmpty();
        }
    }

    void run() {
        ObjectStore store = place.store();
        Content next = Content.of(new PrefixStore(store, staged));
        if (next.isEmpty()) {
            throw new CorruptDataException(
                    "cannot complete " + place.location() + ": the staged image named by its marker, "
                            + store.location() + "/" + staged + ", is missing; if " + place.location()
                            + " is intact, delete the marker " + place.writingMark() + ", otherwise write it again");
        }
        Content old = Content.of(place.scoped());
        Set<String> kept = new HashSet<>();
        next.chunks.forEach(object -> kept.add(object.key()));
        next.levels.forEach(object -> kept.add(object.key()));
        try (Threads threads = new Threads(store)) {
            threads.copy(afterFirst(old, next));
            delete(others(old.chunks, kept));
            threads.copy(next.levels);
            delete(others(old.levels, kept));
        }
        next.group.forEach(this::copy);
    }

    /**
     * Deletes old objects that make the old image visible or conflict with new ones, while keeping the place non-empty.
     * Returns the chunks left to copy.
     */
    private List<ObjectInfo> afterFirst(Content old, Content next) {
        List<ObjectInfo> obstacles = obstacles(old.chunks, next.chunks);
        boolean chunksStay = obstacles.size() < old.chunks.size();
        boolean onlyGroup = !chunksStay && old.levels.isEmpty();
        if (!onlyGroup) {
            delete(old.group);
        }
        delete(obstacles);
        if (next.chunks.isEmpty()) {
            delete(old.group);
            return List.of();
        }
        int copied = chunksStay ? 0 : 1;
        next.chunks.subList(0, copied).forEach(this::copy);
        if (onlyGroup) {
            delete(old.group);
        }
        delete(old.levels);
        return next.chunks.subList(copied, next.chunks.size());
    }

    /** Returns the old objects that conflict with new ones on stores where a name is either an object or a folder. */
    private static List<ObjectInfo> obstacles(List<ObjectInfo> old, List<ObjectInfo> next) {
        Set<String> objects = new HashSet<>();
        Set<String> folders = new HashSet<>();
        for (ObjectInfo object : next) {
            objects.add(object.key());
            folders(object.key()).forEach(folders::add);
        }
        return old.stream()
                .filter(object ->
                        folders.contains(object.key()) || folders(object.key()).anyMatch(objects::contains))
                .toList();
    }

    private static Stream<String> folders(String key) {
        return IntStream.range(0, key.length())
                .filter(i -> key.charAt(i) == '/')
                .mapToObj(i -> key.substring(0, i));
    }

    private static List<ObjectInfo> others(List<ObjectInfo> objects, Set<String> kept) {
        return objects.stream().filter(object -> !kept.contains(object.key())).toList();
    }

    private void delete(List<ObjectInfo> objects) {
        List<String> keys = objects.stream().map(ObjectInfo::key).toList();
        for (int from = 0; from < keys.size(); from += PAGE) {
            check.run();
            place.scoped().deleteAll(keys.subList(from, Math.min(keys.size(), from + PAGE)));
        }
    }

    private void copy(ObjectInfo object) {
        check.run();
        String key = staged + object.key();
        place.store().copy(new ObjectInfo(key, object.size(), object.version()), place.prefix() + object.key());
    }

    /** Copies several objects in parallel if each request takes a round trip. */
    private final class Threads implements AutoCloseable {
        private final @Nullable ExecutorService pool;

        Threads(ObjectStore store) {
            this.pool = store.can(StoreCapability.REMOTE)
                    ? Executors.newFixedThreadPool(SIDE_BY_SIDE - 1, task -> {
                        Thread thread = new Thread(task, "copick-copy");
                        thread.setDaemon(true);
                        return thread;
                    })
                    : null;
        }

        void copy(List<ObjectInfo> objects) {
            if (pool == null || objects.size() < 2) {
                objects.forEach(StagedCopy.this::copy);
                return;
            }
            List<Runnable> tasks = objects.stream()
                    .map(object -> (Runnable) () -> StagedCopy.this.copy(object))
                    .toList();
            new Workers(pool, SIDE_BY_SIDE, Runnable::run, 0).sideBySide(tasks, "copying " + place.location());
        }

        /** Waits until no copy is running any more. */
        @Override
        public void close() {
            if (pool == null) {
                return;
            }
            pool.shutdownNow();
            boolean interrupted = Thread.interrupted();
            boolean ended = false;
            while (!ended) {
                try {
                    ended = pool.awaitTermination(1, TimeUnit.DAYS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
