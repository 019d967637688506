package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests damaged chunks: reading gives a typed error or, if the damage cannot be detected, an array of the right size.
 */
class HostileChunksTest {
    private static final int MUTATIONS = 60;

    @TestFactory
    Stream<DynamicTest> aDamagedChunkIsReadOrRefused() {
        return Stream.of(Corpus.ZARR2, Corpus.ZARR3)
                .flatMap(corpus -> corpus.readable().stream()
                        .map(array -> DynamicTest.dynamicTest(
                                array.path(),
                                () -> damage(corpus.store(), array, array.path().hashCode()))));
    }

    private static void damage(ObjectStore corpus, ZarrArray array, long seed) {
        MemoryStore store = new MemoryStore();
        List<ObjectInfo> objects = corpus.list(array.path() + "/", null, 1000).objects();
        String chunk = null;
        for (ObjectInfo object : objects) {
            byte[] bytes = corpus.read(object.key()).orElseThrow().bytes();
            store.write(object.key(), bytes, WriteCondition.ANY);
            boolean metadata = object.key().contains("/.z") || object.key().endsWith("zarr.json");
            chunk = metadata ? chunk : object.key();
        }
        if (chunk == null) {
            return;
        }
        byte[] valid = corpus.read(chunk).orElseThrow().bytes();
        byte[] before = read(store, array.path());
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = mutated(valid, random);
            store.write(chunk, damaged, WriteCondition.ANY);
            try {
                byte[] after = read(store, array.path());
                if (Arrays.equals(damaged, valid)) {
                    assertArrayEquals(before, after);
                }
            } catch (CorruptDataException e) {
                assertTrue(e.toString().contains(array.path()), e::toString);
            } catch (CopickException e) {
                assertTrue(e.toString().contains("unsupported codec"), e::toString);
            } catch (RuntimeException | Error e) {
                fail("mutation " + i + " of seed " + seed, e);
            }
        }
    }

    private static byte[] read(ObjectStore store, String path) {
        ZarrArray array =
                (ZarrArray) new Zarr(ChunkCache.ofBytes(0)).open(store, path).orElseThrow();
        Region all = Region.all(array.shape());
        byte[] bytes = new byte[Math.toIntExact(all.size()) * array.dataType().bytes()];
        array.readBytes(all, bytes);
        return bytes;
    }

    /** Returns the bytes truncated, extended, or with some bytes changed, preferably in headers. */
    private static byte[] mutated(byte[] valid, Random random) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return Arrays.copyOf(valid, random.nextInt(valid.length));
        }
        if (kind == 1) {
            return Arrays.copyOf(valid, valid.length + random.nextInt(1, 100));
        }
        byte[] changed = valid.clone();
        int reach = random.nextBoolean() ? Math.min(32, changed.length) : changed.length;
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(reach);
            changed[at] = random.nextInt(4) == 0 ? (byte) -1 : (byte) (changed[at] ^ (1 << random.nextInt(8)));
        }
        return changed;
    }
}
