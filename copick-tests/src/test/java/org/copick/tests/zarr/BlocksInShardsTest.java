package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoreOperation;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests shards whose chunks are Blosc containers of several blocks.
 *
 * <p>The last block of each chunk is a short one. Of the larger chunks, which take more than 2 MiB, single blocks are read.
 */
class BlocksInShardsTest {
    private static final int SMALL = 24;
    private static final int LARGE = 70;

    private final BloscShard small = new BloscShard(SMALL);
    private final BloscShard large = new BloscShard(LARGE);
    private final MemoryStore store = new MemoryStore();

    private static ZarrArray array(ObjectStore from, long cacheBytes) {
        return (ZarrArray)
                new Zarr(ChunkCache.ofBytes(cacheBytes)).open(from, "").orElseThrow();
    }

    /** Returns the store as one whose reads cost little. */
    private static ObjectStore nearby(ObjectStore store) {
        return new ForwardingStore(store) {
            @Override
            public Set<StoreCapability> capabilities() {
                return EnumSet.of(StoreCapability.NEARBY);
            }

            @Override
            public boolean can(StoreCapability capability) {
                return capability == StoreCapability.NEARBY;
            }
        };
    }

    private static Region plane(long z) {
        return Region.of(new long[] {z, 0, 0}, new long[] {1, 128, 128});
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void regionsAreTheSameWithAndWithoutACache(boolean little) {
        long seed = System.nanoTime();
        System.out.println("blocks in shards, seed " + seed);
        Random random = new Random(seed);
        for (BloscShard shard : new BloscShard[] {small, large}) {
            shard.write(store, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, false);
            ZarrArray single = array(store, 0);
            ZarrArray close = array(nearby(store), 0);
            ZarrArray cached = array(store, 64 << 20);
            for (int i = 0; i < 60; i++) {
                long[] start = new long[3];
                long[] shape = new long[3];
                for (int k = 0; k < 3; k++) {
                    int length = (int) shard.shape()[k];
                    start[k] = random.nextInt(length);
                    shape[k] = 1L + random.nextInt(length - (int) start[k]);
                }
                shape[0] = random.nextBoolean() ? 1 : shape[0];
                Region region = Region.of(start, shape);
                float[] expected = shard.expected(region);
                assertArrayEquals(
                        expected, single.readFloats(region), () -> "without a cache " + region + ", seed " + seed);
                assertArrayEquals(expected, close.readFloats(region), () -> "nearby " + region + ", seed " + seed);
                assertArrayEquals(
                        expected, cached.readFloats(region), () -> "with a cache " + region + ", seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void damageIsToldWhereItIsNeededAndNotBeforeIt(int depth) {
        BloscShard shard = depth == SMALL ? small : large;
        shard.write(store, ByteOrder.LITTLE_ENDIAN, true);
        ZarrArray array = array(store, 0);
        assertArrayEquals(shard.expected(plane(depth + 2)), array.readFloats(plane(depth + 2)));
        assertThrows(CorruptDataException.class, () -> array.readFloats(plane(2L * depth - 1)));
    }

    /** Damages the block table of the first chunk, with which the shard begins. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aDamagedBlockTableIsCorrupt(int value) {
        large.write(store, ByteOrder.LITTLE_ENDIAN, false);
        ByteBuffer shard =
                ByteBuffer.wrap(store.read("c/0/0/0").orElseThrow().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        // a block that begins where the container ends has no bytes
        shard.putInt(16, value == 0 ? shard.getInt(12) : value);
        store.write("c/0/0/0", shard.array(), WriteCondition.ANY);

        for (ObjectStore each : List.of(store, nearby(store))) {
            ZarrArray array = array(each, 0);
            assertThrows(CorruptDataException.class, () -> array.readFloats(plane(3)), "block at " + value);
        }
    }

    @Test
    void aPlaneOfALargeChunkTakesItsBlockTableAndOneBlock() {
        large.write(store, ByteOrder.LITTLE_ENDIAN, false);
        CountingStore counting = new CountingStore(store);
        ZarrArray array = array(counting, 0);
        counting.forget();

        assertArrayEquals(large.expected(plane(3)), array.readFloats(plane(3)));

        assertEquals(3, counting.calls().size(), "the shard's index, the table and the block: " + counting.calls());
        long bytes = counting.calls().get(2).ranges().stream()
                .mapToLong(range -> range.length())
                .sum();
        assertTrue(bytes <= 512 << 10, bytes + " bytes for a plane of 64 KiB in a block of 512 KiB");
    }

    @Test
    void aShardThatChangesMeanwhileIsReadAgain() {
        large.write(store, ByteOrder.LITTLE_ENDIAN, false);
        InterceptingStore changing = new InterceptingStore(store) {
            private int ranges;

            @Override
            protected synchronized <T> T call(StoreCall call, Supplier<T> operation) {
                if (call.kind() == StoreOperation.Kind.READ_RANGES && ++ranges == 3) {
                    large.write(store, ByteOrder.LITTLE_ENDIAN, false);
                }
                return operation.get();
            }
        };
        ZarrArray array = array(changing, 0);

        assertArrayEquals(large.expected(plane(3)), array.readFloats(plane(3)));
    }
}
