package org.copick.tests.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.storage.disk.DiskCache;
import org.copick.storage.disk.DiskCacheStatistics;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which requests a disk cache saves, and that it never returns anything but the stored bytes. */
class DiskCacheTest {
    private static final String KEY = "folder/object";
    private static final int SIZE = 300_000;

    @TempDir
    private Path folder;

    private final MemoryStore remote = new MemoryStore();
    private final CountingStore counting = new CountingStore(remote);

    private ObjectStore anew() {
        counting.forget();
        return DiskCache.in(folder, 64 << 20).over(counting);
    }

    private List<String> requests() {
        List<String> calls = counting.calls().stream().map(StoreCall::toString).toList();
        counting.forget();
        return calls;
    }

    private Version put(byte[] bytes) {
        return remote.write(KEY, bytes, WriteCondition.ANY).version();
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void assertParts(byte[] content, List<ByteRange> ranges, RangesRead read) {
        assertEquals(ranges.size(), read.parts().size());
        for (int i = 0; i < ranges.size(); i++) {
            int from = (int) ranges.get(i).startIn(content.length);
            int to = from + (int) ranges.get(i).lengthIn(content.length);
            assertArrayEquals(
                    Arrays.copyOfRange(content, from, to),
                    read.parts().get(i),
                    ranges.get(i).toString());
        }
    }

    @Test
    void whatOneProcessReadTheNextOneOnlyAsksAbout() {
        byte[] content = random(1, SIZE);
        put(content);
        anew().read(KEY);
        assertEquals(List.of("READ " + KEY), requests());

        ObjectStore next = anew();
        var read = next.read(KEY).orElseThrow();

        assertArrayEquals(content, read.bytes());
        assertEquals(remote.info(KEY).orElseThrow(), read.info());
        assertEquals(List.of("INFO " + KEY), requests());
    }

    @Test
    void rangesOfAnExpectedVersionCostNothingWhereTheyAreOnDisk() {
        byte[] content = random(2, SIZE);
        Version version = put(content);
        anew().read(KEY);
        ObjectStore next = anew();
        List<ByteRange> ranges = List.of(
                ByteRange.of(0, 10),
                ByteRange.of(65_530, 20),
                ByteRange.of(65_536, 65_536),
                ByteRange.of(1, SIZE),
                ByteRange.of(SIZE, 4),
                ByteRange.of(7, 0),
                ByteRange.last(5));

        RangesRead read = next.readRanges(KEY, ranges, version).orElseThrow();

        assertParts(content, ranges, read);
        assertEquals(remote.info(KEY).orElseThrow(), read.info());
        assertEquals(List.of(), requests());
    }

    @Test
    void onlyWhatIsMissingIsFetched() {
        byte[] content = random(3, SIZE);
        Version version = put(content);
        anew().readRanges(KEY, List.of(ByteRange.of(0, 1000), ByteRange.of(50_000, 10_000)), null);
        ObjectStore next = anew();
        List<ByteRange> ranges = List.of(ByteRange.of(40_000, 30_000), ByteRange.of(500, 1500), ByteRange.last(9));

        assertParts(content, ranges, next.readRanges(KEY, ranges, version).orElseThrow());
        assertEquals(
                List.of("READ_RANGES " + KEY + " 40000+10000 60000+10000 1000+1000 " + (SIZE - 9) + "+9"), requests());

        assertParts(content, ranges, next.readRanges(KEY, ranges, version).orElseThrow());
        assertEquals(List.of(), requests());
    }

    @Test
    void rangesOfNoExpectedVersionCostOneQuestion() {
        byte[] content = random(4, SIZE);
        put(content);
        List<ByteRange> head = List.of(ByteRange.of(0, 4096), ByteRange.last(100));
        anew().readRanges(KEY, head, null);
        ObjectStore next = anew();

        assertParts(content, head, next.readRanges(KEY, head, null).orElseThrow());
        assertEquals(List.of("INFO " + KEY), requests());

        List<ByteRange> more = List.of(ByteRange.of(0, 4097));
        assertParts(content, more, next.readRanges(KEY, more, null).orElseThrow());
        assertEquals(
                List.of("READ_RANGES " + KEY + " 0+4097"),
                requests(),
                "an incomplete range is requested without checking the version");
    }

    @Test
    void piecesThatMakeUpAnObjectAreThatObject() {
        byte[] content = random(5, SIZE);
        Version version = put(content);
        ObjectStore store = anew();
        store.readRanges(KEY, List.of(ByteRange.of(100_000, SIZE)), version);
        store.readRanges(KEY, List.of(ByteRange.of(0, 40_000), ByteRange.of(20_000, 80_000)), version);
        requests();

        assertArrayEquals(content, store.read(KEY).orElseThrow().bytes());
        assertEquals(List.of("INFO " + KEY), requests());
    }

    @Test
    void smallObjectsAreNotKept() throws Exception {
        put(random(6, 8191));
        ObjectStore store = anew();
        store.read(KEY);
        store.read(KEY);

        assertEquals(List.of("READ " + KEY, "READ " + KEY), requests());
        assertEquals(List.of(), KeptFiles.in(folder));
    }

    @Test
    void anObjectThatChangedIsReadAnewAndTheOldOneForgotten() throws Exception {
        put(random(7, SIZE));
        ObjectStore store = anew();
        store.read(KEY);
        byte[] content = random(8, SIZE);
        put(content);
        requests();

        assertArrayEquals(content, store.read(KEY).orElseThrow().bytes());
        assertEquals(List.of("INFO " + KEY, "READ " + KEY), requests());
        KeptFiles.only(folder);
        assertArrayEquals(content, store.read(KEY).orElseThrow().bytes());
        assertEquals(List.of("INFO " + KEY), requests());
    }

    @Test
    void anExpectedVersionIsThatVersionOrAConflict() throws Exception {
        byte[] old = random(9, SIZE);
        Version version = put(old);
        ObjectStore store = anew();
        List<ByteRange> kept = List.of(ByteRange.of(0, 1000));
        store.readRanges(KEY, kept, version);
        put(random(10, SIZE));

        assertParts(old, kept, store.readRanges(KEY, kept, version).orElseThrow());
        assertThrows(ConflictException.class, () -> store.readRanges(KEY, List.of(ByteRange.of(500, 1000)), version));
        assertEquals(List.of(), KeptFiles.in(folder), "the cache deletes files of versions that no longer exist");
        assertThrows(ConflictException.class, () -> store.readRanges(KEY, kept, version));
    }

    @Test
    void anObjectThatWasDeletedIsForgotten() throws Exception {
        put(random(11, SIZE));
        ObjectStore store = anew();
        store.read(KEY);
        remote.delete(KEY);

        assertTrue(store.read(KEY).isEmpty());
        assertEquals(List.of(), KeptFiles.in(folder));
    }

    @Test
    void changesThroughTheStoreAreSeenAtOnce() {
        List<ByteRange> some = List.of(ByteRange.of(10, 10));
        List<java.util.function.Consumer<ObjectStore>> changes = List.of(
                store -> store.write(KEY, new byte[100], WriteCondition.ANY),
                store -> store.delete(KEY),
                store -> store.deleteAll(List.of("other", KEY)),
                store -> store.deletePrefix("folder/"),
                store -> store.replacePrefix("staged/", "folder/", WriteCondition.ANY));
        for (var change : changes) {
            ObjectStore store = DiskCache.in(folder, 64 << 20).over(new Replacing(counting));
            Version version = put(random(12, SIZE));
            remote.write("staged/other", new byte[1], WriteCondition.ANY);
            store.read(KEY);
            change.accept(store);
            counting.forget();

            if (remote.info(KEY).isEmpty()) {
                assertTrue(store.readRanges(KEY, some, version).isEmpty());
            } else {
                assertThrows(ConflictException.class, () -> store.readRanges(KEY, some, version));
            }
            assertEquals(List.of("READ_RANGES " + KEY + " 10+10"), requests());
        }
    }

    @Test
    void whatIsReadWhileItIsReplacedIsNotKept() throws Exception {
        DiskCache cache = DiskCache.in(folder, 64 << 20);
        for (boolean whole : new boolean[] {true, false}) {
            byte[] content = random(17, SIZE);
            Version version = put(content);
            ObjectStore store = cache.over(new ReplacedMeanwhile(remote, cache));

            var read = whole
                    ? store.read(KEY).orElseThrow().info()
                    : store.readRanges(KEY, List.of(ByteRange.of(0, 1000)), version)
                            .orElseThrow()
                            .info();
            assertEquals(version, read.version());
            assertEquals(List.of(), KeptFiles.in(folder));
        }
    }

    /** Replaces the object through the same cache after each read, before the reader gets the bytes. */
    private static final class ReplacedMeanwhile extends InterceptingStore {
        private final ObjectStore writer;

        ReplacedMeanwhile(ObjectStore store, DiskCache cache) {
            super(store);
            this.writer = cache.over(store);
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            T read = operation.get();
            writer.write(KEY, new byte[SIZE], WriteCondition.ANY);
            return read;
        }
    }

    /** Replaces prefixes, not atomically, which does not matter here. */
    private static final class Replacing extends InterceptingStore {
        Replacing(ObjectStore store) {
            super(store);
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            if (call.kind() == Kind.REPLACE_PREFIX) {
                behind().deletePrefix(call.key());
                @SuppressWarnings("unchecked")
                T done = (T) call;
                return done;
            }
            return operation.get();
        }
    }

    @Test
    void statisticsTellWhatWasSaved() {
        Version version = put(random(13, SIZE));
        DiskCache cache = DiskCache.in(folder, 64 << 20);
        ObjectStore store = cache.over(remote);
        store.readRanges(KEY, List.of(ByteRange.of(0, 1000)), version);
        store.readRanges(KEY, List.of(ByteRange.of(0, 1500)), version);
        store.readRanges(KEY, List.of(ByteRange.of(200, 1000)), version);
        store.read("missing");

        assertEquals(new DiskCacheStatistics(1, 2, 2000, 1500), cache.statistics());
    }

    @Test
    void whatTheStoreCutOffIsNotKept() throws Exception {
        put(random(14, SIZE));
        FaultInjectingStore faults = new FaultInjectingStore(remote);
        faults.with(Fault.shortRead(10));
        ObjectStore store = DiskCache.in(folder, 64 << 20).over(faults);

        assertEquals(SIZE - 10, store.read(KEY).orElseThrow().bytes().length);
        store.readRanges(KEY, List.of(ByteRange.of(0, 1000)), null);
        assertEquals(List.of(), KeptFiles.in(folder));
    }

    @Test
    void aStoreThatCannotBeAskedIsAFailure() {
        put(random(15, SIZE));
        FaultInjectingStore faults = new FaultInjectingStore(remote);
        ObjectStore store = DiskCache.in(folder, 64 << 20).over(faults);
        store.read(KEY);
        faults.with(Fault.before());

        assertThrows(StorageException.class, () -> store.read(KEY));
    }

    @Test
    void whatIsOnDiskIsNotReadWhenClosedOrInterrupted() {
        Version version = put(random(16, SIZE));
        ObjectStore store = anew();
        store.read(KEY);
        List<ByteRange> some = List.of(ByteRange.of(0, 10));
        Thread.currentThread().interrupt();
        assertThrows(OperationInterruptedException.class, () -> store.readRanges(KEY, some, version));
        assertTrue(Thread.interrupted());
        store.close();
        assertThrows(ClosedException.class, () -> store.readRanges(KEY, some, version));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomReadsAreWhatIsStored(long seed) {
        Random random = new Random(seed);
        List<ObjectStore> stores = List.of(
                DiskCache.in(folder, 64 << 20).over(remote),
                DiskCache.in(folder, 400_000).over(remote));
        byte[] content = random(seed, 200_000);
        Version version = put(content);
        for (int step = 0; step < 400; step++) {
            ObjectStore store = stores.get(random.nextInt(2));
            if (random.nextInt(40) == 0) {
                content = random(random.nextLong(), 1 + random.nextInt(200_000));
                version = random.nextBoolean()
                        ? put(content)
                        : store.write(KEY, content, WriteCondition.ANY).version();
            }
            if (random.nextInt(8) == 0) {
                assertArrayEquals(content, store.read(KEY).orElseThrow().bytes());
                continue;
            }
            List<ByteRange> ranges = random.ints(1 + random.nextInt(4), 0, 210_000)
                    .mapToObj(start -> random.nextInt(6) == 0
                            ? ByteRange.last(start)
                            : ByteRange.of(start, random.nextInt(1 << (1 + random.nextInt(17)))))
                    .toList();
            RangesRead read = store.readRanges(KEY, ranges, random.nextBoolean() ? version : null)
                    .orElseThrow();
            assertParts(content, ranges, read);
            assertEquals(remote.info(KEY).orElseThrow(), read.info());
        }
    }
}
