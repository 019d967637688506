package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.copick.cache.ChunkCache;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests damaged objects that are read in part: blocks of a large Blosc chunk, inner chunks of a shard. */
@Timeout(120)
class DamagedPartsTest {
    private static final int MUTATIONS = 150;
    private static final int CUTS = 60;
    private static final String CUT_OFF = "cut off at byte ";

    @ParameterizedTest
    @CsvSource({
        "2,blosc/large-lz4-shuffle1,0.0.0",
        "2,blosc/large-zstd-shuffle2,0.0.0",
        "2,blosc/large-blosclz-shuffle1,0.0.0",
        "2,blosc/large-zlib-shuffle0,0.0.0",
        "2,blosc/large-u2,0.0.0",
        "3,sharding/one-large,c/0/0/0",
        "3,sharding/canonical-f4,0/0/0",
        "3,sharding/start,c/0/0/0"
    })
    void aPartOfADamagedObjectIsReadOrRefused(int format, String path, String chunk) {
        Corpus corpus = format == 2 ? Corpus.ZARR2 : Corpus.ZARR3;
        MemoryStore store = new MemoryStore();
        for (String document : new String[] {".zarray", "zarr.json"}) {
            corpus.store()
                    .read(path + "/" + document)
                    .ifPresent(found -> store.write("a/" + document, found.bytes(), WriteCondition.ANY));
        }
        byte[] valid = corpus.store().read(path + "/" + chunk).orElseThrow().bytes();
        int head = format == 2 ? 16 + 4 * 60 : valid.length;
        Random random = new Random(path.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = changed(valid, head, random);
            readPart(store, "a", chunk, damaged, "mutation " + i + " of seed " + path.hashCode());
        }
        for (int i = 0; i < CUTS; i++) {
            int length = i < 20 ? i : random.nextInt(valid.length);
            readPart(store, "a", chunk, Arrays.copyOf(valid, length), CUT_OFF + length);
        }
    }

    private static void readPart(ObjectStore store, String path, String chunk, byte[] stored, String what) {
        store.write(path + "/" + chunk, stored, WriteCondition.ANY);
        ZarrArray array = open(store, path);
        long[] shape = array.shape();
        byte[] plane = new byte[(int) (shape[1] * shape[2]) * array.dataType().bytes()];
        try {
            array.readBytes(Region.plane(shape, 0, 1), plane);
            array.readBytes(Region.of(new long[3], new long[] {2, 2, 2}), plane);
        } catch (CorruptDataException e) {
            assertTrue(
                    e.getMessage().contains("chunk ") && e.getMessage().matches("(?s).*memory:\\d+/a.*"), e::toString);
        } catch (CopickException e) {
            assertTrue(e.getMessage().contains("unsupported codec"), () -> what + ": " + e);
        } catch (RuntimeException | Error e) {
            fail(what + " of " + path, e);
        }
    }

    private static byte[] changed(byte[] valid, int head, Random random) {
        byte[] changed = valid.clone();
        int reach = random.nextInt(3) == 0 ? valid.length : Math.min(random.nextBoolean() ? 16 : head, valid.length);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            // the index can be at either end
            int at = random.nextInt(reach);
            at = random.nextBoolean() ? at : valid.length - 1 - at;
            changed[at] = random.nextInt(4) == 0 ? (byte) -1 : (byte) (changed[at] ^ (1 << random.nextInt(8)));
        }
        return changed;
    }

    @ParameterizedTest
    @CsvSource({
        "4,2147483647", // unpacked size
        "4,-2147483648",
        "8,2147483647", // block size
        "8,-1",
        "8,0",
        "12,2147483647", // packed size
        "12,-1",
        "12,0",
        "16,2147483647", // offset of the first block
        "16,-1",
        "16,0"
    })
    void hugeNumbersInABloscHeaderAreRefusedWithinLittleMemory(int at, int claim) {
        byte[] chunk = Corpus.ZARR2
                .store()
                .read("blosc/large-lz4-shuffle1/0.0.0")
                .orElseThrow()
                .bytes();
        ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).putInt(at, claim);
        MemoryStore store = floats(96 * 96 * 96, chunk, "{\"id\":\"blosc\"}");
        ZarrArray array = open(store, "");
        for (Region region : new Region[] {Region.all(array.shape()), Region.of(new long[1], new long[] {9})}) {
            // a block size that is too large is limited to the unpacked size
            CorruptDataException refused = assertThrows(CorruptDataException.class, () -> array.readFloats(region));
            assertTrue(refused.getMessage().contains("chunk 0 of memory:"), refused::toString);
        }
    }

    @Test
    void blocksOfOneByteAreNoReasonToRunOutOfMemory() {
        int elements = 4 << 20;
        ByteBuffer chunk = ByteBuffer.allocate(16 + 4 * elements).order(ByteOrder.LITTLE_ENDIAN);
        // an uncompressed container
        chunk.put((byte) 2).put((byte) 1).put((byte) 2).put((byte) 4);
        chunk.putInt(4 * elements).putInt(4).putInt(chunk.capacity());
        for (int i = 0; i < elements; i++) {
            chunk.putFloat(i);
        }
        ZarrArray array = open(floats(elements, chunk.array(), "{\"id\":\"blosc\"}"), "");

        float[] all = array.readFloats(Region.all(array.shape()));
        assertEquals(elements - 1f, all[elements - 1]);
        assertArrayEquals(new float[] {5, 6, 7}, array.readFloats(Region.of(new long[] {5}, new long[] {3})));
        assertEquals(elements / 4, array.readFloats(Region.of(new long[] {1}, new long[] {elements / 4})).length);
    }

    @Test
    void aShardThatIsPackedAsAWholeTakesNoMoreMemoryThanItHolds() throws Exception {
        int parts = 1 << 15;
        byte[] index = new byte[16 * parts + 4];
        Arrays.fill(index, (byte) -1);
        CRC32C sum = new CRC32C();
        sum.update(index, 0, 16 * parts);
        ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN).putInt(16 * parts, (int) sum.getValue());
        MemoryStore store = new MemoryStore();
        var packed = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write(index);
        }
        store.write("c/0", packed.toByteArray(), WriteCondition.ANY);
        store.write("zarr.json", """
            {"zarr_format": 3, "node_type": "array", "shape": [262144], "data_type": "uint8", "fill_value": 7,
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [262144]}},
             "chunk_key_encoding": {"name": "default"},
             "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [8],
               "codecs": ["bytes", {"name": "zstd"}],
               "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]}},
              {"name": "gzip"}]}
            """.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);

        ZarrArray array = open(store, "");
        byte[] all = new byte[262144];
        array.read(Region.all(array.shape()), all);

        byte[] sevens = new byte[262144];
        Arrays.fill(sevens, (byte) 7);
        assertArrayEquals(sevens, all);
    }

    private static MemoryStore floats(int elements, byte[] chunk, String compressor) {
        MemoryStore store = new MemoryStore();
        String metadata = "{\"zarr_format\":2,\"shape\":[" + elements + "],\"chunks\":[" + elements
                + "],\"dtype\":\"<f4\",\"compressor\":" + compressor
                + ",\"filters\":null,\"fill_value\":0,\"order\":\"C\"}";
        store.write(".zarray", metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        store.write("0", chunk, WriteCondition.ANY);
        return store;
    }

    private static ZarrArray open(ObjectStore store, String path) {
        return (ZarrArray)
                new Zarr(ChunkCache.ofBytes(64 << 20)).open(store, path).orElseThrow();
    }
}
