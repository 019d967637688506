package org.copick.imglib2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.FinalInterval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.copick.Level;
import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.PrefixStore;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares images with the arrays of the engine, for all data that Python wrote. */
final class GoldenImagesTest {
    private static final long SEED = Long.getLong("copick.seed", System.nanoTime());

    private final Zarr zarr = new Zarr(ChunkCache.ofBytes(16 << 20));
    private final Random random = new Random(SEED);

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void everyLevelOfEveryVolumeIsEqual(String corpus) throws IOException {
        int levels = 0;
        for (Volume volume : volumes(golden(corpus))) {
            CopickImage<?> image = CopickImages.open(volume);
            assertEquals(volume.levels().size(), image.numLevels());
            for (int i = 0; i < image.numLevels(); i++) {
                assertEqual(volume.level(i).array(), image.level(i));
                levels++;
            }
        }
        System.out.println(corpus + ": " + levels + " levels are equal; copick.seed=" + SEED);
        assertTrue(levels >= 20, "only " + levels + " levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zarr2", "zarr3"})
    void everyReadableArrayIsEqual(String corpus) throws IOException {
        MemoryStore store = golden(corpus);
        int arrays = 0;
        for (String key : store.contents().keySet()) {
            if (key.endsWith("/.zarray") || key.endsWith("/zarr.json")) {
                try {
                    if (zarr.open(store, key.substring(0, key.lastIndexOf('/'))).orElseThrow()
                                    instanceof ZarrArray array
                            && array.shape().length > 0) {
                        assertEqual(array, CopickImages.open(array));
                        arrays++;
                    }
                } catch (UnsupportedFeatureException e) {
                    // a test of the engine lists these
                }
            }
        }
        System.out.println(corpus + ": " + arrays + " arrays are equal; copick.seed=" + SEED);
        assertTrue(arrays >= 20, "only " + arrays + " arrays");
    }

    @Test
    void everyTypeCanBeReadAsFloats() throws IOException {
        for (Volume volume : volumes(golden("v1"))) {
            Level level = volume.level(0);
            float[] expected = level.readFloats();
            int i = 0;
            for (FloatType value : Views.flatIterable(CopickImages.image(new FloatType(), level.array()))) {
                assertEquals(expected[i++], value.get(), volume.location());
            }
            assertEquals(expected.length, i);
        }
    }

    private void assertEqual(ZarrArray array, Img<?> image) {
        assertArrayEquals(LevelCells.reversed(array.shape()), image.dimensionsAsLongArray());
        if (Region.all(array.shape()).size() == 0) {
            return;
        }
        compare(array, Region.all(array.shape()), image);
        for (int i = 0; i < 3; i++) {
            Region box = anyBox(array.shape());
            long[] min = new long[box.rank()];
            long[] length = box.shape();
            for (int k = 0; k < min.length; k++) {
                min[k] = box.start(k);
            }
            compare(
                    array,
                    box,
                    Views.interval(
                            image,
                            FinalInterval.createMinSize(
                                    concatenated(LevelCells.reversed(min), LevelCells.reversed(length)))));
        }
    }

    private static long[] concatenated(long[] a, long[] b) {
        long[] both = new long[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private Region anyBox(long[] shape) {
        long[] start = new long[shape.length];
        long[] length = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            start[i] = random.nextLong(shape[i]);
            length[i] = 1 + random.nextLong(shape[i] - start[i]);
        }
        return Region.of(start, length);
    }

    private static void compare(ZarrArray array, Region box, RandomAccessibleInterval<?> image) {
        Cursor<?> cursor = Views.flatIterable(image).cursor();
        if (array.dataType().isFloat()) {
            double[] expected = new double[(int) box.size()];
            array.read(box, expected);
            for (double value : expected) {
                assertEquals(value, ((RealType<?>) cursor.next()).getRealDouble(), array.location());
            }
        } else {
            long[] expected = new long[(int) box.size()];
            array.read(box, expected);
            for (long value : expected) {
                assertEquals(value, ((IntegerType<?>) cursor.next()).getIntegerLong(), array.location());
            }
        }
        assertTrue(!cursor.hasNext());
    }

    static MemoryStore golden(String corpus) throws IOException {
        return MemoryStore.fromZip(
                Objects.requireNonNull(GoldenImagesTest.class.getResourceAsStream("/golden/" + corpus + ".zip")));
    }

    private List<Volume> volumes(MemoryStore store) {
        List<Volume> volumes = new ArrayList<>();
        store.contents().forEach((key, bytes) -> {
            if ((key.endsWith("/.zattrs") || key.endsWith("/zarr.json"))
                    && new String(bytes, StandardCharsets.UTF_8).contains("\"multiscales\"")) {
                Volume volume = Volume.open(zarr, new PrefixStore(store, key.substring(0, key.lastIndexOf('/') + 1)));
                if (!volume.levels().isEmpty()) {
                    volumes.add(volume);
                }
            }
        });
        return volumes;
    }
}
