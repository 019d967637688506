package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.copick.cache.ChunkCache;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests which bytes are read for a slice, a box and a whole array, compared with positions computed from stored bytes.
 */
class ByteBudgetTest {
    private static final int GAP = 64 << 10;
    private final ChunkCache cache = ChunkCache.ofBytes(64 << 20);
    private RecordingStore store = new RecordingStore(Corpus.ZARR2.store());

    @ParameterizedTest
    @CsvSource({
        "2,blosc/large-lz4-shuffle1,0.0.0",
        "2,blosc/large-zstd-shuffle2,0.0.0",
        "2,blosc/large-blosclz-shuffle1,0.0.0",
        "3,blosc/large-lz4,c/0/0/0"
    })
    void aSliceOfABloscChunkReadsTheTableAndItsBlocks(int format, String path, String chunk) {
        ZarrArray array = open(format, path);
        String key = path + "/" + chunk;
        BlockTable table = new BlockTable(stored(key));
        int slice = 37;
        long planeBytes = 96 * 96 * 4;

        float[] first = plane(array, slice);

        String head = "0+" + (16 + 4 * (96 * 96 * 96 * 4 / 65536 + 1)) + " of " + key;
        assertEquals(
                List.of(head, table.ranges(slice * planeBytes, (slice + 1) * planeBytes) + " of " + key),
                store.requests);

        store.requests.clear();
        assertArrayEquals(first, plane(array, slice));
        assertEquals(List.of(), store.requests, "the second read is served from the cache");

        plane(array, 2);
        assertEquals(
                List.of(table.ranges(2 * planeBytes, 3 * planeBytes) + " of " + key),
                store.requests,
                "the block table is cached");
    }

    @Test
    void whatNeedsMostOfABloscChunkReadsItWhole() {
        ZarrArray array = open(2, "blosc/large-lz4-shuffle1");
        array.readFloats(Region.plane(array.shape(), 2, 5));

        assertEquals(List.of("all of blosc/large-lz4-shuffle1/0.0.0"), store.requests);
        store.requests.clear();
        array.readFloats(Region.all(array.shape()));
        assertEquals(List.of(), store.requests, "reading a slice across all blocks caches all of them");
    }

    @Test
    void aBoxInAShardReadsTheIndexAndTheInnerChunksItNeeds() {
        ZarrArray array = open(3, "sharding/one-large");
        String key = "sharding/one-large/c/0/0/0";
        byte[] shard = stored(key);
        int indexLength = 3 * 4 * 4 * 16 + 4;
        ByteBuffer index = ByteBuffer.wrap(shard, shard.length - indexLength, indexLength)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        // z 16..31, y 0..31, x 16..31: inner chunks (1, 0, 1) and (1, 1, 1) of 3 x 4 x 4
        List<long[]> parts = new ArrayList<>();
        for (int part : new int[] {16 + 1, 16 + 4 + 1}) {
            parts.add(new long[] {index.getLong(16 * part), index.getLong(16 * part + 8)});
        }

        array.readFloats(Region.of(new long[] {16, 0, 16}, new long[] {16, 32, 16}));

        assertEquals(List.of("last " + indexLength + " of " + key, merged(parts) + " of " + key), store.requests);

        store.requests.clear();
        array.readFloats(Region.of(new long[] {20, 20, 20}, new long[] {3, 3, 3}));
        assertEquals(List.of(), store.requests);
    }

    @Test
    void aShardThatIsNeededAltogetherIsReadWhole() {
        ZarrArray array = open(3, "sharding/start");
        array.readFloats(Region.of(new long[3], new long[] {8, 8, 15}));

        assertEquals(List.of("all of sharding/start/c/0/0/0"), store.requests);
    }

    @Test
    void aMissingChunkCostsOneRequestAndNoDecoding() {
        ZarrArray array = open(3, "fill/nothing-written");
        array.readFloats(Region.all(array.shape()));
        int requests = store.requests.size();
        array.readFloats(Region.all(array.shape()));

        assertTrue(requests > 0);
        assertEquals(requests, store.requests.size(), "a missing chunk is cached");
        assertEquals(0, cache.statistics().loads());
    }

    @Test
    void readsThatWouldFlushTheCacheLeaveItAlone() {
        ChunkCache small = ChunkCache.ofBytes(1 << 20);
        ZarrArray array = (ZarrArray)
                new Zarr(small).open(store, "blosc/large-lz4-shuffle1").orElseThrow();
        array.readFloats(Region.all(array.shape()));

        assertTrue(small.statistics().bytes() < 10_000, () -> "" + small.statistics());
    }

    private ZarrArray open(int format, String path) {
        store = new RecordingStore((format == 2 ? Corpus.ZARR2 : Corpus.ZARR3).store());
        return (ZarrArray) new Zarr(cache).open(store, path).orElseThrow();
    }

    private byte[] stored(String key) {
        byte[] bytes = store.read(key).orElseThrow().bytes();
        store.requests.clear();
        return bytes;
    }

    private static float[] plane(ZarrArray array, int z) {
        return array.readFloats(Region.plane(array.shape(), 0, z));
    }

    /** Returns ranges in stored order, merging those with small gaps between them. */
    private static String merged(List<long[]> parts) {
        parts.sort(Comparator.comparingLong(part -> part[0]));
        List<long[]> merged = new ArrayList<>();
        for (long[] part : parts) {
            long[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && part[0] - last[0] - last[1] <= GAP) {
                last[1] = part[0] + part[1] - last[0];
            } else {
                merged.add(part.clone());
            }
        }
        return String.join(
                " ", merged.stream().map(range -> range[0] + "+" + range[1]).toList());
    }

    /** The positions of the blocks of a Blosc chunk, from its sorted offsets. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record BlockTable(int blockLength, int[] offsets, int[] ends) {
        BlockTable(byte[] chunk) {
            this(ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN));
        }

        private BlockTable(ByteBuffer chunk) {
            this(chunk.getInt(8), new int[blocks(chunk)], new int[blocks(chunk)]);
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = chunk.getInt(16 + 4 * i);
            }
            for (int i = 0; i < offsets.length; i++) {
                int from = offsets[i];
                ends[i] = Arrays.stream(offsets).filter(o -> o > from).min().orElse(chunk.getInt(12));
            }
        }

        private static int blocks(ByteBuffer chunk) {
            return (chunk.getInt(4) - 1) / chunk.getInt(8) + 1;
        }

        String ranges(long from, long to) {
            List<long[]> parts = new ArrayList<>();
            for (long block = from / blockLength; block * blockLength < to; block++) {
                int i = (int) block;
                parts.add(new long[] {offsets[i], ends[i] - offsets[i]});
            }
            return merged(parts);
        }
    }
}
