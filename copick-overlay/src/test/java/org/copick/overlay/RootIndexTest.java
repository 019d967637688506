package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.fs.LocalStorageProvider;
import org.copick.layout.IndexDifference;
import org.copick.layout.IndexDifference.Kind;
import org.copick.layout.RootIndex;
import org.copick.storage.ObjectCopy;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.ReadOnlyStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoreOperation;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the stored form of an index: what it holds, that hostile ones are refused, and how it is replaced. */
final class RootIndexTest {
    private static final String RUN = "ExperimentRuns/TS_1/";
    private static final String VOLUME = RUN + "VoxelSpacing10.000/wbp.zarr/";

    private static MemoryStore root() {
        return MemoryStore.of(Map.ofEntries(
                Map.entry(RUN + ".meta", bytes("meta")),
                Map.entry(RUN + "Picks/alice_1_ribo.json", bytes("{}")),
                Map.entry(VOLUME + ".zgroup", bytes("{ }")),
                Map.entry(VOLUME + ".zattrs", bytes("{  }")),
                Map.entry(VOLUME + "0/.zarray", bytes("{}")),
                Map.entry(VOLUME + "0/0.0.0", new byte[100]),
                Map.entry(VOLUME + "0/0.0.1", new byte[23]),
                Map.entry(VOLUME + "1/.zarray", bytes("{}")),
                Map.entry("Objects/ribo.zarr/zarr.json", bytes("{}")),
                Map.entry("Objects/ribo.zarr/c/0", new byte[7]),
                Map.entry("raw/frames.tif", new byte[9])));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] zipped) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
            zipped.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] stored(MemoryStore store) {
        return store.read(RootIndex.KEY).orElseThrow().bytes();
    }

    @Test
    void theStoredFormIsTheDocumentedOne() throws IOException {
        MemoryStore store = root();
        RootIndex index = RootIndex.write(store);
        String text = text(stored(store)).replaceAll("(,\\d+),\"[^\"]*\"\\]", "$1,V]");
        assertEquals("""
                {"copick_index":1,"created":"%s","created_by":"copick for Java","entries":[
                ["ExperimentRuns/TS_1/.meta",4,V]
                ,["ExperimentRuns/TS_1/Picks/alice_1_ribo.json",2,V]
                ,["ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/.zattrs",4,V]
                ,["ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/.zgroup",3,V]
                ,["ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/0/",2,123]
                ,["ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/0/.zarray",2,V]
                ,["ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/1/",0,0]
                ,["ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/1/.zarray",2,V]
                ,["Objects/ribo.zarr/c/",1,7]
                ,["Objects/ribo.zarr/zarr.json",2,V]]}""".formatted(index.created()), text);
        assertEquals(10, index.size());
        assertEquals(
                "[0, 0, 0, 0]", Arrays.toString(Arrays.copyOfRange(stored(store), 4, 8)), "gzip's time is not set");
    }

    @Test
    void whatWasReadWritesTheSameBytes() throws IOException {
        MemoryStore store = root();
        RootIndex.write(store);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        RootIndex.read(store).orElseThrow().writeTo(again);
        assertArrayEquals(stored(store), again.toByteArray());
    }

    @Test
    void anUnchangedRootKeepsItsIndex() {
        MemoryStore store = root();
        RootIndex.write(store);
        ObjectInfo before = store.info(RootIndex.KEY).orElseThrow();
        RootIndex.write(store);
        assertEquals(before, store.info(RootIndex.KEY).orElseThrow());
        store.write(RUN + "Picks/bob_1_ribo.json", bytes("{}"), WriteCondition.ANY);
        RootIndex.write(store);
        assertFalse(before.equals(store.info(RootIndex.KEY).orElseThrow()));
        assertEquals(11, RootIndex.read(store).orElseThrow().size());
    }

    @Test
    void aDamagedIndexIsReplaced() {
        MemoryStore store = root();
        store.write(RootIndex.KEY, bytes("damaged"), WriteCondition.ANY);
        RootIndex.write(store);
        assertEquals(10, RootIndex.read(store).orElseThrow().size());
    }

    @Test
    void anIndexThatAnotherProgramMadeMeanwhileStays() {
        MemoryStore store = root();
        RootIndex.write(store);
        store.write(RUN + "Picks/bob_1_ribo.json", bytes("{}"), WriteCondition.ANY);
        MemoryStore other = store.reopen();
        InterceptingStore late = new InterceptingStore(store) {
            @Override
            protected <T> T call(StoreCall call, Supplier<T> operation) {
                T result = operation.get();
                if (call.kind() == StoreOperation.Kind.LIST && call.key().equals("Objects/")) {
                    other.write(RUN + "Picks/carol_1_ribo.json", bytes("{}"), WriteCondition.ANY);
                    RootIndex.write(other);
                }
                return result;
            }
        };
        assertThrows(ConflictException.class, () -> RootIndex.write(late));
        assertEquals(12, RootIndex.read(other).orElseThrow().size(), "the later listing has the picks of carol");
    }

    @Test
    void aReadOnlyRootKeepsAsItIs() {
        MemoryStore store = root();
        ReadOnlyException refused =
                assertThrows(ReadOnlyException.class, () -> RootIndex.write(new ReadOnlyStore(store)));
        assertTrue(String.valueOf(refused.getMessage()).contains("write the index to a file"), refused::getMessage);
        assertTrue(RootIndex.read(store).isEmpty());
    }

    @Test
    void differencesNameWhatIsMissingChangedAndGone() {
        MemoryStore store = root();
        RootIndex before = RootIndex.of(store);
        store.write(RUN + "Picks/bob_1_ribo.json", bytes("{}"), WriteCondition.ANY);
        store.write(RUN + "Picks/alice_1_ribo.json", bytes("[]"), WriteCondition.ANY);
        store.delete(RUN + ".meta");
        store.write(VOLUME + "1/0.0.0", new byte[3], WriteCondition.ANY);
        List<IndexDifference> found = new ArrayList<>();
        before.differences(RootIndex.of(store), found::add);
        assertEquals(
                List.of(
                        new IndexDifference(RUN + ".meta", Kind.GONE),
                        new IndexDifference(RUN + "Picks/alice_1_ribo.json", Kind.CHANGED),
                        new IndexDifference(RUN + "Picks/bob_1_ribo.json", Kind.MISSING),
                        new IndexDifference(VOLUME + "1/", Kind.CHANGED)),
                found);
    }

    @Test
    void aCopyOnAnotherDiskIsComparedBySizes(@TempDir Path folder) throws IOException {
        Path original = folder.resolve("original");
        Path copy = folder.resolve("copy");
        try (ObjectStore from = local(original);
                ObjectStore to = local(copy)) {
            root().forEach("", object -> from.write(object.key(), new byte[(int) object.size()], WriteCondition.ANY));
            RootIndex.write(from);
            from.forEach("", object -> ObjectCopy.copy(from, object, to, object.key()));
            RootIndex index = RootIndex.read(to).orElseThrow();
            List<IndexDifference> found = new ArrayList<>();
            index.differences(RootIndex.of(to), found::add);
            assertEquals(List.of(), found, "all objects have other versions");

            to.write(RUN + "Picks/alice_1_ribo.json", bytes("[1, 2, 3]"), WriteCondition.ANY);
            index.differences(RootIndex.of(to), found::add);
            assertEquals(List.of(new IndexDifference(RUN + "Picks/alice_1_ribo.json", Kind.CHANGED)), found);

            // in its own place, a change that keeps the size is found
            found.clear();
            from.write(RUN + ".meta", bytes("####"), WriteCondition.ANY);
            index.differences(RootIndex.of(from), found::add);
            assertEquals(List.of(new IndexDifference(RUN + ".meta", Kind.CHANGED)), found);
        }
    }

    private static ObjectStore local(Path folder) {
        return new LocalStorageProvider().open(new StoreAddress(folder.toString(), Map.of(), null));
    }

    @Test
    void readingAnIndexTakesOneRequest() {
        MemoryStore store = root();
        RootIndex.write(store);
        CountingStore counted = new CountingStore(store);
        RootIndex.read(counted);
        assertEquals(Map.of(StoreOperation.Kind.READ_RANGES, 1), counted.counts());
    }

    @Test
    void anIndexThatTheStoreUnpacksIsRead() throws IOException {
        MemoryStore store = root();
        RootIndex.write(store);
        byte[] packed = stored(store);
        store.write(RootIndex.KEY, bytes(text(packed)), WriteCondition.ANY);
        RootIndex read = RootIndex.read(store).orElseThrow();
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.writeTo(again);
        assertArrayEquals(packed, again.toByteArray());
        byte[] text = stored(store);
        for (int length = 0; length < text.length; length++) {
            refused(Arrays.copyOf(text, length));
        }
    }

    private static String index(String entries) {
        return "{\"copick_index\":1,\"created\":\"2026-12-01T00:00:00Z\",\"entries\":[" + entries + "]}";
    }

    @Test
    void indexesOfOtherProgramsAreRead() throws IOException {
        MemoryStore store = new MemoryStore();
        String text =
                "{ \"more\": [{\"a\": null}], \"copick_index\": 1,\n\"created\": \"2026-12-01T00:00:00Z\", \"entries\":"
                        + " [[\"ExperimentRuns/\\u00e9/\"], [\"ExperimentRuns/\\u00e9/a.json\", 12],"
                        + " [\"ExperimentRuns/\\ud83d\\ude00/b\", 3, \"v\"]], \"later\": 1}";
        store.write(RootIndex.KEY, zip(text), WriteCondition.ANY);
        RootIndex read = RootIndex.read(store).orElseThrow();
        assertEquals(3, read.size());
        assertEquals(Instant.parse("2026-12-01T00:00:00Z"), read.created());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"/etc/passwd\",1]",
                "[\"../up\",1]",
                "[\"ExperimentRuns/../up\",1]",
                "[\"ExperimentRuns//a\",1]",
                "[\"ExperimentRuns/a\\u0000\",1]",
                "[\"ExperimentRuns/\\ud800\",1]",
                "[\"other/a\",1]",
                "[\"ExperimentRuns/a\",-1]",
                "[\"ExperimentRuns/a\",1.5]",
                "[\"ExperimentRuns/a\",99999999999999999999]",
                "[\"ExperimentRuns/a\",9223372036854775807]",
                "[\"ExperimentRuns/a\",\"1\"]",
                "[\"ExperimentRuns/a\"]",
                "[\"ExperimentRuns/a\",1,2]",
                "[\"ExperimentRuns/a\",1,\"v\",2]",
                "[\"ExperimentRuns/a/\",1]",
                "[\"ExperimentRuns/a/\",1,1]",
                "[\"ExperimentRuns/a.zarr/\",1,-1]",
                "[\"ExperimentRuns/a.zarr/\",1,\"v\"]",
                "[1]",
                "[]",
                "{}",
                "null",
                "[\"ExperimentRuns/b\",1],[\"ExperimentRuns/a\",1]",
                "[\"ExperimentRuns/a\",1],[\"ExperimentRuns/a\",1]",
                "[\"ExperimentRuns/a\",1"
            })
    void hostileEntriesAreRefused(String entries) throws IOException {
        refused(zip(index(entries)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"copick_index\":1,\"created\":\"2026-12-01T00:00:00Z\"}",
                "{\"copick_index\":1,\"entries\":[]}",
                "{\"copick_index\":1,\"created\":\"yesterday\",\"entries\":[]}",
                "{\"created\":\"2026-12-01T00:00:00Z\",\"entries\":[],\"copick_index\":1}",
                "{\"copick_index\":1,\"created\":\"2026-12-01T00:00:00Z\",\"entries\":[],\"entries\":[]}",
                "{\"copick_index\":1,\"created\":\"2026-12-01T00:00:00Z\",\"entries\":[]}{}"
            })
    void hostileDocumentsAreRefused(String text) throws IOException {
        refused(zip(text));
    }

    private static void refused(byte[] stored) {
        MemoryStore store = MemoryStore.of(Map.of(RootIndex.KEY, stored));
        CorruptDataException refused = assertThrows(CorruptDataException.class, () -> RootIndex.read(store));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("cannot read " + store.location() + "/" + RootIndex.KEY + ": "), message);
        assertTrue(message.endsWith("; make the index again with copick index"), message);
    }

    @Test
    void deepAndEndlessDocumentsAreRefused() throws IOException {
        refused(zip("{\"x\":" + "[".repeat(100_000)));
        refused(zip(index("[\"ExperimentRuns/" + "a".repeat(1 << 20) + "\",1]")));
        refused(zip("{\"copick_index\":" + "1".repeat(1 << 20) + "}"));
    }

    @Test
    void aLaterVersionIsNotMisread() throws IOException {
        MemoryStore store = MemoryStore.of(
                Map.of(RootIndex.KEY, zip("{\"copick_index\":2,\"created\":\"2026-12-01T00:00:00Z\",\"entries\":[]}")));
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> RootIndex.read(store));
        assertTrue(String.valueOf(refused.getMessage()).contains("version 2"), refused::getMessage);
    }

    @Test
    void aPartOfAnIndexIsNeverReadAsAWhole() {
        MemoryStore store = root();
        RootIndex.write(store);
        byte[] whole = stored(store);
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void damagedBytesFailWithATypedException(int seed) throws IOException {
        Random random = new Random(seed);
        MemoryStore store = root();
        RootIndex.write(store);
        byte[] text = bytes(text(stored(store)));
        for (int i = 0; i < 500; i++) {
            byte[] damaged = text.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
                zipped.write(damaged);
            }
            try {
                RootIndex.read(MemoryStore.of(Map.of(RootIndex.KEY, bytes.toByteArray())));
            } catch (CorruptDataException | UnsupportedFeatureException expected) {
                // damage in a version or a name within a field can go unnoticed; anything else is refused like this
            } catch (CopickException e) {
                throw new AssertionError("seed " + seed + ", damage " + i, e);
            }
        }
    }
}
