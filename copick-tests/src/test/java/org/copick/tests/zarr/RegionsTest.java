package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests that a box of an array equals the same box of the whole array, for all target types. */
class RegionsTest {
    private static final int BOXES = 12;

    @TestFactory
    @Tag("statement-55")
    Stream<DynamicTest> aBoxIsThatBoxOfTheWhole() {
        return Stream.of(Corpus.ZARR2, Corpus.ZARR3)
                .flatMap(corpus -> corpus.readable().stream())
                .map(array -> DynamicTest.dynamicTest(
                        array.path(), () -> checkBoxes(array, array.path().hashCode())));
    }

    private static void checkBoxes(ZarrArray array, long seed) {
        Random random = new Random(seed);
        long[] shape = array.shape();
        Region all = Region.all(shape);
        int size = Math.toIntExact(all.size());
        int element = array.dataType().bytes();
        byte[] bytes = new byte[size * element];
        array.readBytes(all, bytes);
        double[] decimals = new double[size];
        array.read(all, decimals);
        for (int i = 0; i < BOXES; i++) {
            Region box = box(shape, random);
            int[] places = places(shape, box);
            String what = array.path() + " " + box + " of seed " + seed;

            byte[] partBytes = new byte[places.length * element];
            array.readBytes(box, partBytes);
            byte[] expected = new byte[partBytes.length];
            for (int p = 0; p < places.length; p++) {
                System.arraycopy(bytes, places[p] * element, expected, p * element, element);
            }
            assertArrayEquals(expected, partBytes, what);

            double[] part = new double[places.length];
            array.read(box, part);
            assertArrayEquals(IntStream.of(places).mapToDouble(p -> decimals[p]).toArray(), part, what);

            float[] floats = array.readFloats(box);
            for (int p = 0; p < places.length; p++) {
                // values beyond float's precision are rounded once; uint64 and int64 beyond 53 bits are rounded from
                // the integer
                if (element < 8 || array.dataType().isFloat()) {
                    float rounded = (float) part[p];
                    assertArrayEquals(new float[] {rounded}, new float[] {floats[p]}, what);
                }
            }
            if (!array.dataType().isFloat()) {
                long[] wide = new long[places.length];
                array.read(box, wide);
                checkIntegers(array, box, wide, what);
            }
        }
    }

    /** Checks that narrower targets hold the low bits of the widest one. */
    private static void checkIntegers(ZarrArray array, Region box, long[] wide, String what) {
        int n = wide.length;
        int element = array.dataType().bytes();
        int[] ints = new int[n];
        short[] shorts = new short[n];
        byte[] bytes = new byte[n];
        if (element <= 4) {
            array.read(box, ints);
            for (int i = 0; i < n; i++) {
                ints[i] -= (int) wide[i];
            }
        } else {
            assertThrows(IllegalArgumentException.class, () -> array.read(box, ints), what);
        }
        if (element <= 2) {
            array.read(box, shorts);
            for (int i = 0; i < n; i++) {
                shorts[i] -= (short) wide[i];
            }
        } else {
            assertThrows(IllegalArgumentException.class, () -> array.read(box, shorts), what);
        }
        if (element == 1) {
            array.read(box, bytes);
            for (int i = 0; i < n; i++) {
                bytes[i] -= (byte) wide[i];
            }
        } else {
            assertThrows(IllegalArgumentException.class, () -> array.read(box, bytes), what);
        }
        assertArrayEquals(new int[n], ints, what);
        assertArrayEquals(new short[n], shorts, what);
        assertArrayEquals(new byte[n], bytes, what);
    }

    @Test
    void whatReachesOutOfTheArrayIsRefused() {
        ZarrArray array = Corpus.ZARR2.readable().stream()
                .filter(a -> a.shape().length == 3)
                .findFirst()
                .orElseThrow();
        long[] shape = array.shape();
        for (int axis = 0; axis < 3; axis++) {
            long[] start = new long[3];
            start[axis] = 1;
            Region beyond = Region.of(start, shape);
            assertThrows(IllegalArgumentException.class, () -> array.readFloats(beyond));
        }
        assertThrows(IllegalArgumentException.class, () -> array.readFloats(Region.of(new long[2], new long[2])));
        assertThrows(IllegalArgumentException.class, () -> array.read(Region.all(shape), new float[1]));
        assertThrows(IllegalArgumentException.class, () -> Region.of(new long[] {-1}, new long[] {1}));
        assertThrows(IllegalArgumentException.class, () -> Region.of(new long[] {Long.MAX_VALUE}, new long[] {2}));
    }

    private static Region box(long[] shape, Random random) {
        long[] start = new long[shape.length];
        long[] length = new long[shape.length];
        long[] step = new long[shape.length];
        boolean stepping = random.nextInt(3) == 0;
        for (int i = 0; i < shape.length; i++) {
            start[i] = random.nextLong(shape[i] + 1);
            step[i] = stepping ? random.nextLong(1, 8) : 1;
            length[i] = random.nextLong((shape[i] - start[i] + step[i] - 1) / step[i] + 1);
        }
        return Region.of(start, length, step);
    }

    /** Returns the positions of a box's elements in the whole array, computed element by element. */
    private static int[] places(long[] shape, Region box) {
        int n = Math.toIntExact(box.size());
        int[] places = new int[n];
        for (int i = 0; i < n; i++) {
            long rest = i;
            long place = 0;
            long stride = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place += (box.start(axis) + rest % box.length(axis) * box.step(axis)) * stride;
                rest /= box.length(axis);
                stride *= shape[axis];
            }
            places[i] = Math.toIntExact(place);
        }
        return places;
    }
}
