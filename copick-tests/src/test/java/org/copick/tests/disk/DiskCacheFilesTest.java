package org.copick.tests.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.storage.disk.DiskCache;
import org.copick.storage.disk.DiskCacheUsage;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the folder of a disk cache: maximum size, eviction order, damage, permissions, and files of others. */
class DiskCacheFilesTest {
    private static final int SIZE = 100_000;
    private static final Map<Kind, Integer> FROM_DISK = Map.of(Kind.INFO, 1);

    @TempDir
    private Path folder;

    private final MemoryStore remote = new MemoryStore();
    private final CountingStore counting = new CountingStore(remote);

    private static byte[] content(String key) {
        byte[] bytes = new byte[SIZE];
        new Random(key.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private void put(String... keys) {
        for (String key : keys) {
            remote.write(key, content(key), WriteCondition.ANY);
        }
    }

    private ObjectStore over(long maxBytes) {
        return DiskCache.in(folder, maxBytes).over(counting);
    }

    private Map<Kind, Integer> requestsOfReading(ObjectStore store, String key) {
        counting.forget();
        assertArrayEquals(content(key), store.read(key).orElseThrow().bytes(), key);
        return counting.counts();
    }

    /** Reads an object and returns the file that the cache created for it. */
    private Path fileOf(ObjectStore store, String key) throws IOException {
        List<Path> before = KeptFiles.in(folder);
        store.read(key);
        List<Path> after = new ArrayList<>(KeptFiles.in(folder));
        after.removeAll(before);
        assertEquals(1, after.size());
        return after.get(0);
    }

    @Test
    void theBoundHolds() throws IOException {
        ObjectStore store = over(1 << 20);
        for (int i = 0; i < 50; i++) {
            put("object" + i);
            store.read("object" + i);
            assertTrue(KeptFiles.bytes(folder) <= 1 << 20, "after object " + i);
        }
        assertTrue(KeptFiles.in(folder).size() >= 7, () -> "the cache uses its space");
        assertEquals(FROM_DISK, requestsOfReading(store, "object49"));
    }

    @Test
    void whatWasThereBeforeCountsToo() throws IOException {
        ObjectStore large = over(64 << 20);
        for (int i = 0; i < 20; i++) {
            put("object" + i);
            KeptFiles.age(fileOf(large, "object" + i), Duration.ofHours(20 - i));
        }
        put("new");
        ObjectStore small = over(1 << 20);
        small.read("new");

        assertTrue(KeptFiles.bytes(folder) <= 1 << 20);
        assertEquals(FROM_DISK, requestsOfReading(small, "new"));
        assertEquals(FROM_DISK, requestsOfReading(small, "object19"));
        assertNotEquals(FROM_DISK, requestsOfReading(small, "object0"));
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws IOException {
        ObjectStore store = over(1 << 20);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            put("object" + i);
            files.add(fileOf(store, "object" + i));
            KeptFiles.age(files.get(i), Duration.ofMinutes(100 - i));
        }
        store.read("object0");
        put("new");
        store.read("new");

        assertTrue(Files.exists(files.get(0)), "the recently used file stays");
        assertFalse(Files.exists(files.get(1)), "the least recently used file is evicted");
        assertTrue(Files.exists(files.get(9)));
        assertEquals(FROM_DISK, requestsOfReading(store, "new"));
    }

    @Test
    void useIsNotedOnceAMinute() throws IOException {
        put("a");
        ObjectStore store = over(1 << 20);
        Path file = fileOf(store, "a");
        for (int seconds : new int[] {30, 90}) {
            KeptFiles.age(file, Duration.ofSeconds(seconds));
            var before = Files.getLastModifiedTime(file);
            store.read("a");
            assertEquals(seconds > 60, Files.getLastModifiedTime(file).compareTo(before) > 0, seconds + " seconds");
        }
    }

    @Test
    void whatIsLargerThanTheBoundIsReadAndNotKept() throws IOException {
        put("a");
        ObjectStore store = over(SIZE);
        requestsOfReading(store, "a");
        assertEquals(Map.of(Kind.READ, 1), requestsOfReading(store, "a"));
        assertEquals(List.of(), KeptFiles.in(folder));
    }

    @Test
    void damagedFilesAreReplaced() throws IOException {
        put("a", "other");
        Path file = fileOf(over(1 << 20), "a");
        byte[] good = Files.readAllBytes(file);
        ObjectStore store = over(1 << 20);
        Path another = fileOf(store, "other");
        byte[] alien = Files.readAllBytes(another);
        List<byte[]> damaged = new ArrayList<>(List.of(new byte[0], new byte[good.length], alien));
        for (int length : new int[] {1, 50, 100, 110, good.length / 2, good.length - 1}) {
            damaged.add(Arrays.copyOf(good, length));
        }
        damaged.add(Arrays.copyOf(good, good.length + 1));
        Random random = new Random(1);
        IntStream.concat(IntStream.range(0, 108), random.ints(20, 108, good.length))
                .forEach(at -> {
                    byte[] bytes = good.clone();
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    damaged.add(bytes);
                });
        for (byte[] bytes : damaged) {
            Files.write(file, bytes);
            assertEquals(Map.of(Kind.INFO, 1, Kind.READ, 1), requestsOfReading(store, "a"));
            assertArrayEquals(good, Files.readAllBytes(file), "a damaged file is replaced");
        }
        assertEquals(FROM_DISK, requestsOfReading(store, "a"));
    }

    @Test
    void damageElsewhereInAFileDoesNotDisturb() throws IOException {
        put("a");
        ObjectStore store = over(1 << 20);
        Path file = fileOf(store, "a");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        var version = remote.info("a").orElseThrow().version();
        counting.forget();

        var first =
                store.readRanges("a", List.of(ByteRange.of(10, 20)), version).orElseThrow();
        assertArrayEquals(
                Arrays.copyOfRange(content("a"), 10, 30), first.parts().get(0));
        assertEquals(Map.of(), counting.counts());
        var last = store.readRanges("a", List.of(ByteRange.last(20)), version).orElseThrow();
        assertArrayEquals(
                Arrays.copyOfRange(content("a"), SIZE - 20, SIZE), last.parts().get(0));
        assertEquals(Map.of(Kind.READ_RANGES, 1), counting.counts());
    }

    @Test
    void aFileUnderAnotherNameIsNotBelieved() throws IOException {
        put("a");
        ObjectStore store = over(1 << 20);
        Path file = fileOf(store, "a");
        var version = remote.info("a").orElseThrow().version();
        String name = file.getFileName().toString();
        String shortVersion = name.substring(0, 16);
        for (String other : List.of(
                shortVersion + "-" + SIZE + "-1-" + (SIZE - 1),
                shortVersion + "-" + 2 * SIZE + "-0-" + SIZE,
                shortVersion + "-" + 2 * SIZE + "-" + SIZE + "-" + SIZE,
                shortVersion + "-" + SIZE + "-0-" + SIZE / 2)) {
            Files.copy(file, file.resolveSibling(other), StandardCopyOption.REPLACE_EXISTING);
            for (ByteRange range : List.of(ByteRange.last(100), ByteRange.of(0, SIZE), ByteRange.of(0, 2 * SIZE))) {
                var read = store.readRanges("a", List.of(range), version).orElseThrow();
                assertEquals(remote.info("a").orElseThrow(), read.info(), other);
                int from = (int) range.startIn(SIZE);
                assertArrayEquals(
                        Arrays.copyOfRange(content("a"), from, from + (int) range.lengthIn(SIZE)),
                        read.parts().get(0),
                        other);
            }
        }
    }

    @Test
    void filesOfOthersStay() throws IOException {
        put("a", "b");
        ObjectStore store = over(1 << 20);
        Path file = fileOf(store, "a");
        List<Path> foreign = List.of(
                folder.resolve("photo.jpg"),
                file.resolveSibling("notes.txt"),
                file.resolveSibling("0123456789abcdef-1-0-01"),
                file.resolveSibling("0123456789abcdef-5-4-2"),
                file.getParent().resolveSibling("readme"));
        for (Path path : foreign) {
            Files.write(path, new byte[2 << 20]);
        }
        store = over(128 << 10);
        requestsOfReading(store, "b");

        assertFalse(Files.exists(file), "there is no space for both files");
        for (Path path : foreign) {
            assertTrue(Files.exists(path), path.toString());
        }
        assertEquals(FROM_DISK, requestsOfReading(store, "b"));
    }

    @Test
    void whatKilledWritersLeftGoesAfterAnHour() throws IOException {
        put("a", "b");
        Path file = fileOf(over(1 << 20), "a");
        Path old = Files.write(file.resolveSibling("tmp-old"), new byte[10]);
        Path young = Files.write(file.resolveSibling("tmp-young"), new byte[10]);
        KeptFiles.age(old, Duration.ofMinutes(61));
        KeptFiles.age(young, Duration.ofMinutes(59));
        over(1 << 20).read("b");

        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
    }

    @Test
    void whatCannotBeUsedAsFolderIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        for (Path place : List.of(file, file.resolve("below"))) {
            var refused = assertThrows(InvalidConfigException.class, () -> DiskCache.in(place, 1));
            assertTrue(refused.getMessage().contains(place.toString()), refused.getMessage());
        }
        assertThrows(InvalidConfigException.class, () -> DiskCache.in(folder, 0));
    }

    @Test
    void aDiskThatFailsCostsNoRead() throws IOException {
        put("a");
        ObjectStore store = over(1 << 20);
        store.read("a");
        delete(folder.resolve("copick-cache-1"));
        Files.write(folder.resolve("copick-cache-1"), new byte[0]);

        assertEquals(Map.of(Kind.READ, 1), requestsOfReading(store, "a"));
        assertEquals(Map.of(Kind.READ, 1), requestsOfReading(store, "a"));
    }

    @Test
    void deletingTheFolderClearsTheCacheInUse() throws IOException {
        put("a");
        ObjectStore store = over(1 << 20);
        store.read("a");
        delete(folder.resolve("copick-cache-1"));

        assertEquals(Map.of(Kind.READ, 1), requestsOfReading(store, "a"));
        assertEquals(FROM_DISK, requestsOfReading(store, "a"));
    }

    @Test
    void clearingDeletesWhatTheCacheWroteAndNothingElse() throws IOException {
        put("a", "b");
        DiskCache cache = DiskCache.in(folder, 1 << 20);
        ObjectStore store = cache.over(counting);
        assertEquals(new DiskCacheUsage(0, 0), cache.usage());
        Path file = fileOf(store, "a");
        store.read("b");
        Path own = folder.resolve("copick-cache-1");
        Path outside = Files.createDirectories(folder.resolve("outside/0f/" + "a".repeat(62)));
        List<Path> foreign = List.of(
                folder.resolve("photo.jpg"),
                own.resolve("readme"),
                file.resolveSibling("notes.txt"),
                file.resolveSibling("tmp-of-a-writer"),
                // names of pieces, but behind a link
                outside.resolve(file.getFileName()));
        for (Path path : foreign) {
            Files.write(path, new byte[10]);
        }
        Path link = Files.createSymbolicLink(own.resolve("0f"), outside.getParent());
        Path object = Files.createDirectories(own.resolve("0e/" + "a".repeat(62)));
        Path linkedFile =
                Files.createSymbolicLink(object.resolve("0123456789abcdef-9-0-9"), folder.resolve("photo.jpg"));

        DiskCacheUsage used = cache.usage();
        assertEquals(2, used.files());
        assertEquals(2 * 102_400, used.bytes(), "whole blocks of the disk");
        assertEquals(used, DiskCache.in(folder, 1).clear(), "another process clears it");
        assertEquals(new DiskCacheUsage(0, 0), cache.usage());
        for (Path path : foreign) {
            assertTrue(Files.exists(path), path.toString());
        }
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(linkedFile));
        assertEquals(Map.of(Kind.READ, 1), requestsOfReading(store, "a"));
        assertEquals(FROM_DISK, requestsOfReading(store, "a"));
        assertEquals(1, cache.clear().files());
        assertEquals(new DiskCacheUsage(0, 0), cache.clear());
    }

    @Test
    void clearingDoesNotFollowAFolderThatIsALink() throws IOException {
        put("a");
        Path real = Files.createDirectories(folder.resolve("real/copick-cache-1/0f"));
        Path piece = Files.write(real.resolve("0123456789abcdef-9-0-9"), new byte[9]);
        Files.createDirectories(folder.resolve("real/copick-cache-1/aa"));
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Files.createSymbolicLink(cache.resolve("copick-cache-1"), folder.resolve("real/copick-cache-1"));
        assertEquals(new DiskCacheUsage(0, 0), DiskCache.in(cache, 1 << 20).clear());
        assertTrue(Files.exists(piece));
        assertTrue(Files.exists(folder.resolve("real/copick-cache-1/aa")));
    }

    @Test
    void clearingMakesRoom() throws IOException {
        DiskCache cache = DiskCache.in(folder, 256 << 10);
        ObjectStore store = cache.over(counting);
        for (int i = 0; i < 6; i++) {
            put("object" + i);
            store.read("object" + i);
            cache.clear();
            store.read("object" + i);
            assertEquals(FROM_DISK, requestsOfReading(store, "object" + i), "object " + i);
        }
    }

    @Test
    void nothingOnDiskTellsWhatItIsAndNobodyElseMayLook() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path cache = folder.resolve("some/cache");
        put("secret-name");
        DiskCache.in(cache, 1 << 20).over(remote).read("secret-name");

        try (Stream<Path> all = Files.walk(folder.resolve("some"))) {
            for (Path path : all.toList()) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path.toString());
                assertFalse(path.toString().contains("secret"));
            }
        }
        String text = new String(Files.readAllBytes(KeptFiles.only(cache)), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("secret-name") || text.contains(remote.location()));
    }

    @Test
    void hostileNamesAreOnlyNames() throws IOException {
        List<String> keys = List.of(
                "a\ud800",
                "a\ud801",
                "a?",
                "A?",
                "e\u0301",
                "\u00e9",
                "...",
                "~",
                "C:\\con",
                "a\nb",
                "x".repeat(5000),
                "-rf",
                "%2e%2e/x",
                "0123456789abcdef-5-0-5");
        ObjectStore store = over(64 << 20);
        put(keys.toArray(String[]::new));
        for (String key : keys) {
            assertEquals(Map.of(Kind.READ, 1), requestsOfReading(store, key));
        }
        for (String key : keys) {
            assertEquals(FROM_DISK, requestsOfReading(store, key));
        }
        assertEquals(keys.size(), new HashSet<>(KeptFiles.in(folder)).size());
    }

    @Test
    void sixteenThreadsWithLittleRoomReadWhatIsStored() throws Exception {
        String[] keys = IntStream.range(0, 24).mapToObj(i -> "object" + i).toArray(String[]::new);
        put(keys);
        ObjectStore store = DiskCache.in(folder, 1 << 20).over(remote);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Random random = new Random(i);
                tasks.add(() -> {
                    for (int step = 0; step < 60; step++) {
                        String key = keys[random.nextInt(keys.length)];
                        int from = random.nextInt(SIZE);
                        int length = 1 + random.nextInt(SIZE - from);
                        byte[] read = step % 3 == 0
                                ? Arrays.copyOfRange(
                                        store.read(key).orElseThrow().bytes(), from, from + length)
                                : store.readRanges(
                                                key,
                                                List.of(ByteRange.of(from, length)),
                                                store.info(key).orElseThrow().version())
                                        .orElseThrow()
                                        .parts()
                                        .get(0);
                        assertArrayEquals(Arrays.copyOfRange(content(key), from, from + length), read);
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertTrue(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(KeptFiles.bytes(folder) <= 1 << 20);
        assertTrue(KeptFiles.in(folder).stream()
                .noneMatch(file -> file.getFileName().toString().startsWith("tmp-")));
    }

    private static void delete(Path place) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(place)) {
            all = found.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
