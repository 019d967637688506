package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zarr.zarrjava.core.Array;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.copick.error.InvalidNameException;
import org.copick.zarr.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that zarr-java reads arrays that Python wrote like our engine does.
 *
 * <p>It reads the stored objects if it can, and a plain view always.
 */
final class GoldenReadsTest {
    private static final long SEED = 26;
    private static final int REGIONS = 12;
    /** Elements of chunks of which zarr-java reads few regions, because it fills and copies each as a whole. */
    private static final long LARGE = 1 << 20;

    private static final String LEARNT =
            " is read by zarr-java now: take it off Limits and docs/bridges.md, if its elements are right";

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "v1: {big-endian=1, equal=42, float16=4, zstd=4}",
                "v2: {equal=19, float16=4, numcodecs.shuffle=26, zstd in shards read as a whole=2}",
                "zarr2: {adler32=1, automatic shuffle of Blosc=1, big-endian=15, bitround=1, bz2=2, crc32=1, delta=8,"
                        + " equal=124, fill value Infinity=1, fixedscaleoffset=1, fletcher32=1, float16=3, gzip=2, lz4=3,"
                        + " no axes=2, order F=3, quantize=1, shuffle=5, zstd=6}",
                "zarr3: {big-endian=1, crc32c after zstd=1, delta=1, equal=115, fill value Infinity=1, float16=3, gzip=1,"
                        + " lz4=1, no axes=2, numcodecs.adler32=1, numcodecs.bitround=1, numcodecs.blosc=1,"
                        + " numcodecs.bz2=1, numcodecs.crc32=1, numcodecs.crc32c=1, numcodecs.delta=1,"
                        + " numcodecs.fixedscaleoffset=1, numcodecs.fletcher32=1, numcodecs.gzip=1, numcodecs.lz4=1,"
                        + " numcodecs.quantize=1, numcodecs.shuffle=5, numcodecs.zlib=1, numcodecs.zstd=1, shuffle=1,"
                        + " zstd=1, zstd in shards read as a whole=8}"
            })
    void storedArraysAreEqualOrRefused(String corpus, String expected) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (GoldenArray golden : GoldenArray.of(corpus)) {
            Region all = Region.all(golden.array().shape());
            Optional<String> limit = Limits.of(golden.metadata());
            String result = limit.orElse("equal");
            if (limit.isPresent() && (result.equals(Limits.ORDER_F) || result.equals(Limits.NO_AXES))) {
                assertFalse(isReadRight(golden, all), golden + LEARNT);
            } else if (limit.isPresent()) {
                assertThrows(Exception.class, () -> isRight(golden, all), golden + LEARNT);
            } else if (Limits.coversShard(golden, all)) {
                result = Limits.ZSTD_IN_SHARDS;
                assertThrows(Exception.class, () -> isRight(golden, all), golden + LEARNT);
            } else {
                assertEqual(golden, golden.stored(), all, false);
            }
            counts.merge(result, 1, Integer::sum);
        }
        assertEquals(expected, counts.toString());
    }

    @ParameterizedTest
    @CsvSource({"v1", "v2", "zarr2", "zarr3"})
    void regionsOfStoredArraysAreEqual(String corpus) throws Exception {
        Random random = new Random(SEED);
        for (GoldenArray golden : GoldenArray.of(corpus)) {
            long[] chunk = golden.array().chunkShape();
            long[] outer = golden.array().shardShape().orElse(chunk);
            if (Limits.of(golden.metadata()).isPresent() || isEmptyOrScalar(golden)) {
                continue;
            }
            for (int i = 0; i < (Region.all(outer).size() < LARGE ? REGIONS : 1); i++) {
                Region region = Elements.region(random, golden.array().shape(), chunk, outer);
                if (Limits.coversShard(golden, region)) {
                    assertThrows(Exception.class, () -> isRight(golden, region), golden + LEARNT);
                } else {
                    assertEqual(golden, golden.stored(), region, random.nextBoolean());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"v1,51", "v2,51", "zarr2,179", "zarr3,150"})
    void everyArrayIsEqualInThePlainView(String corpus, int expected) throws Exception {
        Random random = new Random(SEED);
        int arrays = 0;
        for (GoldenArray golden : GoldenArray.of(corpus)) {
            long[] shape = golden.array().shape();
            if (shape.length == 0) {
                continue; // zarr-java does not find the chunk of a scalar
            }
            arrays++;
            assertEqual(golden, golden.plain(), Region.all(shape), random.nextBoolean());
            if (isEmptyOrScalar(golden)) {
                continue;
            }
            long[] block = new long[shape.length];
            Arrays.setAll(block, axis -> axis < shape.length - 3 ? 1 : Math.min(shape[axis], 64));
            for (int i = 0; i < REGIONS; i++) {
                Region region = Elements.region(random, shape, block, block);
                assertEqual(golden, golden.plain(), region, random.nextBoolean());
            }
        }
        assertEquals(expected, arrays);
    }

    private static boolean isEmptyOrScalar(GoldenArray golden) {
        long[] shape = golden.array().shape();
        return shape.length == 0 || Arrays.stream(shape).anyMatch(length -> length == 0);
    }

    /** Returns false for wrong elements and for an exception, too. */
    private static boolean isReadRight(GoldenArray golden, Region region) throws Exception {
        try {
            return isRight(golden, region);
        } catch (InvalidNameException e) {
            return false;
        }
    }

    private static boolean isRight(GoldenArray golden, Region region) throws Exception {
        byte[] theirs = Elements.theirs(golden.stored().open(), region, false);
        return Arrays.equals(Elements.ours(golden.array(), region, false), theirs);
    }

    private static void assertEqual(GoldenArray golden, GoldenArray.Place place, Region region, boolean parallel)
            throws Exception {
        Array theirs = place.open();
        assertArrayEquals(
                Elements.ours(golden.array(), region, place.equals(golden.plain())),
                Elements.theirs(theirs, region, parallel),
                () -> golden + ", " + region + ", seed " + SEED);
    }
}
