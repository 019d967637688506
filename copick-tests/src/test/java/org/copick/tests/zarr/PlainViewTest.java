package org.copick.tests.zarr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.ReadOnlyException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.zarr.DataType;
import org.copick.zarr.PlainView;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PlainViewTest {
    private static final long SEED = Long.getLong("copick.seed", System.nanoTime());

    private final Zarr zarr = new Zarr(ChunkCache.ofBytes(1 << 20));
    private final Random random = new Random(SEED);

    static List<ZarrArray> golden() {
        return Stream.of(Corpus.ZARR2, Corpus.ZARR3)
                .flatMap(corpus -> corpus.readable().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void anyArrayReadsTheSameThroughAView(ZarrArray array) {
        System.out.println("copick.seed=" + SEED);
        assertSame(array, PlainView.of(array));
        long[] block = array.shape();
        for (int i = 0; i < block.length; i++) {
            block[i] = 1 + random.nextLong(block[i] + 3);
        }
        assertSame(array, PlainView.of(array, block));
    }

    private void assertSame(ZarrArray array, PlainView view) {
        ZarrArray seen = (ZarrArray) zarr.open(view, "").orElseThrow();
        boolean half = array.dataType() == DataType.FLOAT16;
        assertEquals(half ? DataType.FLOAT32 : array.dataType(), seen.dataType());
        assertArrayEquals(array.shape(), seen.shape());
        Region all = Region.all(array.shape());
        if (half) {
            assertArrayEquals(array.readFloats(all), seen.readFloats(all), array.location());
        } else {
            byte[] expected = new byte[(int) all.size() * array.dataType().bytes()];
            byte[] found = new byte[expected.length];
            array.readBytes(all, expected);
            seen.readBytes(all, found);
            assertArrayEquals(expected, found, array.location());
        }
        assertListed(view);
    }

    /** Tests all ways to list against the keys that the whole listing returns. */
    private void assertListed(ObjectStore view) {
        List<String> keys = view.list("", null, Integer.MAX_VALUE).objects().stream()
                .map(ObjectInfo::key)
                .toList();
        assertEquals(keys.stream().sorted(KeyOrder.BY_CODE_POINT).distinct().toList(), keys);
        List<String> paged = new ArrayList<>();
        String after = null;
        int limit = 1 + random.nextInt(5);
        while (true) {
            ListPage page = view.list("", after, limit);
            page.objects().forEach(object -> paged.add(object.key()));
            if (page.complete()) {
                break;
            }
            after = paged.get(paged.size() - 1);
        }
        assertEquals(keys, paged);
        Set<String> prefixes = new LinkedHashSet<>(List.of("", "nothing/", "0/nothing/"));
        keys.forEach(key -> prefixes.add(key.substring(0, key.lastIndexOf('/') + 1)));
        for (String prefix : prefixes) {
            FolderListing folder = view.listFolder(prefix);
            TreeSet<String> objects = new TreeSet<>();
            TreeSet<String> folders = new TreeSet<>();
            keys.stream().filter(key -> key.startsWith(prefix)).forEach(key -> {
                int slash = key.indexOf('/', prefix.length());
                (slash < 0 ? objects : folders).add(slash < 0 ? key : key.substring(0, slash + 1));
            });
            assertEquals(
                    List.copyOf(objects),
                    folder.objects().stream().map(ObjectInfo::key).toList(),
                    prefix);
            assertEquals(List.copyOf(folders), folder.prefixes(), prefix);
        }
        for (String key : keys) {
            ObjectInfo info = view.info(key).orElseThrow();
            assertEquals(info.size(), view.read(key).orElseThrow().bytes().length);
        }
    }

    /** Creates an array of int16 in which element i is i. */
    private ZarrArray counting(ObjectStore store, long... shape) {
        StringBuilder lengths = new StringBuilder();
        StringBuilder chunks = new StringBuilder();
        for (long length : shape) {
            lengths.append(lengths.isEmpty() ? "" : ", ").append(length);
            chunks.append(chunks.isEmpty() ? "" : ", ").append(Math.min(8, length));
        }
        String metadata = """
                {"zarr_format": 2, "shape": [%s], "chunks": [%s], "dtype": "<i2", "compressor": null,
                 "filters": null, "order": "C", "fill_value": 5}""".formatted(lengths, chunks);
        store.write("a/.zarray", metadata.getBytes(UTF_8), WriteCondition.ANY);
        store.write("a/.zattrs", "{\"made by\": \"a test\"}".getBytes(UTF_8), WriteCondition.ANY);
        return (ZarrArray) zarr.open(store, "a").orElseThrow();
    }

    @Test
    void aGroupShowsItsArraysByNumber() {
        ZarrArray array = counting(new MemoryStore(), 3, 4, 5);
        List<ZarrArray> twelve = Stream.generate(() -> array).limit(12).toList();
        PlainView view = PlainView.of("here", Map.of("name", "é"), twelve, 2, 2, 2);
        ZarrGroup group = (ZarrGroup) zarr.open(view, "").orElseThrow();
        assertEquals(Map.of("name", "é"), group.attributes());
        ZarrArray last = (ZarrArray) group.member("11").orElseThrow();
        assertEquals(Map.of("made by", "a test"), last.attributes());
        assertArrayEquals(new long[] {2, 2, 2}, last.chunkShape());
        assertEquals(Optional.empty(), group.member("12"));
        assertListed(view);
    }

    @Test
    void whatIsNoBlockIsAbsent() {
        PlainView view = PlainView.of(counting(new MemoryStore(), 3, 4, 5), 2, 2, 2);
        assertTrue(view.info("1/1/2").isPresent());
        for (String key : List.of(
                "2/0/0",
                "0/0",
                "0/0/0/0",
                "00/0/0",
                "+1/0/0",
                "-1/0/0",
                "0/0/a",
                "zarr.json",
                "0.0.0",
                "99999999999999999999/0/0",
                "0/0/0.part")) {
            assertEquals(Optional.empty(), view.read(key), key);
            assertEquals(Optional.empty(), view.info(key), key);
            assertEquals(Optional.empty(), view.readRanges(key, List.of(ByteRange.of(0, 1)), null), key);
        }
        for (String key : List.of("", "/", "../a", "0//0", "0/0/0/")) {
            assertThrows(InvalidNameException.class, () -> view.read(key), key);
        }
    }

    @Test
    void rangesArePartsOfTheBlock() {
        PlainView view = PlainView.of(counting(new MemoryStore(), 3, 4, 5), 2, 2, 2);
        byte[] block = view.read("1/1/2").orElseThrow().bytes();
        assertEquals(16, block.length);
        List<ByteRange> ranges = List.of(
                ByteRange.of(1, 4), ByteRange.last(3), ByteRange.of(12, 100), ByteRange.of(99, 1), ByteRange.of(3, 0));
        List<byte[]> parts =
                view.readRanges("1/1/2", ranges, null).orElseThrow().parts();
        for (int i = 0; i < ranges.size(); i++) {
            int start = (int) ranges.get(i).startIn(16);
            byte[] expected = new byte[(int) ranges.get(i).lengthIn(16)];
            System.arraycopy(block, start, expected, 0, expected.length);
            assertArrayEquals(expected, parts.get(i));
        }
        Version version = view.info("1/1/2").orElseThrow().version();
        assertTrue(view.readRanges("1/1/2", ranges, version).isPresent());
        assertThrows(ConflictException.class, () -> view.readRanges("1/1/2", ranges, new Version("other")));
    }

    @Test
    void twoViewsAreNotTakenForEachOther() {
        ZarrArray array = counting(new MemoryStore(), 3, 4, 5);
        PlainView one = PlainView.of(array);
        PlainView other = PlainView.of(array, 2, 2, 2);
        assertEquals(one.location(), other.location());
        assertNotEquals(one.identity(), other.identity());
        assertNotEquals(
                one.info("0/0/0").orElseThrow().version(),
                other.info("0/0/0").orElseThrow().version());
    }

    @Test
    void aViewCannotBeChanged() {
        PlainView view = PlainView.of(counting(new MemoryStore(), 3, 4, 5));
        ObjectInfo block = view.info("0/0/0").orElseThrow();
        List<Supplier<Object>> changes = List.of(
                () -> view.write("0/0/0", new byte[1], WriteCondition.ANY),
                () -> view.writer("0/0/0", WriteCondition.ANY).complete(),
                () -> run(() -> view.copy(block, "0/0/1")),
                () -> run(() -> view.delete("0/0/0")),
                () -> run(() -> view.deleteAll(List.of("0/0/0"))),
                () -> run(() -> view.deletePrefix("0/")),
                () -> run(() -> view.replacePrefix("0/", "1/", WriteCondition.ANY)));
        for (Supplier<Object> change : changes) {
            assertThrows(ReadOnlyException.class, change::get);
        }
        assertFalse(view.capabilities().iterator().hasNext());
    }

    private static boolean run(Runnable change) {
        change.run();
        return true;
    }

    @Test
    void aClosedViewLeavesTheArrayOpen() {
        ZarrArray array = counting(new MemoryStore(), 3, 4, 5);
        PlainView view = PlainView.of(array);
        view.close();
        assertThrows(ClosedException.class, () -> view.read("0/0/0"));
        assertThrows(ClosedException.class, () -> view.list("", null, 1));
        assertThrows(ClosedException.class, () -> view.delete("0/0/0"));
        assertEquals(5, array.readFloats(Region.at(0, 0, 0).size(1, 1, 1))[0]);
    }

    @Test
    void unsuitableBlocksAreRefused() {
        ZarrArray array = counting(new MemoryStore(), 3, 4, 5);
        assertThrows(IllegalArgumentException.class, () -> PlainView.of(array, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> PlainView.of(array, 2, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> PlainView.of(array, 1 << 20, 1 << 20, 1));
        assertThrows(IllegalArgumentException.class, () -> PlainView.of(array, Long.MAX_VALUE, Long.MAX_VALUE, 2));
    }

    @Test
    void aChunkThatCannotBeReadIsAFailure() {
        FaultInjectingStore failing = new FaultInjectingStore(new MemoryStore());
        PlainView view = PlainView.of(counting(failing, 3, 4, 5), 2, 2, 2);
        failing.with(Fault.before().keys(key -> key.endsWith("0.0.0")));
        assertThrows(StorageException.class, () -> view.read("0/0/0"));
        failing.heal();
        assertEquals(5, view.read("0/0/0").orElseThrow().bytes()[0]);
    }

    @Test
    void listingsOfHugeArraysAreMadePageByPage() {
        PlainView view = PlainView.of(counting(new MemoryStore(), 1L << 31, 1L << 20, 7), 1, 1, 1);
        List<String> first =
                view.list("", null, 4).objects().stream().map(ObjectInfo::key).toList();
        assertEquals(List.of(".zarray", ".zattrs", "0/0/0", "0/0/1"), first);
        List<String> next = view.list("", "123456789/999999/6", 3).objects().stream()
                .map(ObjectInfo::key)
                .toList();
        assertEquals(List.of("1234567890/0/0", "1234567890/0/1", "1234567890/0/2"), next);
        assertEquals(7, view.listFolder("1234567890/12/").objects().size());
        assertFalse(view.holds("1234567890/9999999/"));
    }
}
