package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.copick.cache.ChunkCache;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageLevel;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageWriterTest {
    private static final ImageFormat SMALL_2 = ImageFormat.VERSION_2.withChunk(4, 6, 8);
    private static final ImageFormat SMALL_3 = ImageFormat.VERSION_3.withChunk(4, 6, 8);

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    @Tag("statement-53")
    void theMeanIsPythons(int format) {
        float[] ramp = new float[9 * 8 * 7];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i;
        }
        MemoryStore store = new MemoryStore();

        ImageWriter.write(
                new StorePlace(store, ""),
                WriteCondition.ANY,
                ImageSpec.tomogram(new long[] {9, 8, 7}, DataType.FLOAT32, 10, 3),
                format == 2 ? SMALL_2 : SMALL_3,
                BoxSource.of(ramp, 9, 8, 7));

        assertArrayEquals(new long[] {5, 4, 4}, level(store, 1).shape());
        assertArrayEquals(new long[] {3, 2, 2}, level(store, 2).shape());
        // golden values, spec 13.3
        assertArrayEquals(
                new float[] {
                    226, 227, 228, 114.375f, 233, 234, 235, 117.875f, 240, 241, 242, 121.375f, 247, 248, 249, 124.875f
                },
                level(store, 1).readFloats(Region.plane(new long[] {5, 4, 4}, 0, 4)));
    }

    @Test
    @Tag("statement-54")
    void theNearestIsPythons() {
        byte[] labels = new byte[13 * 11 * 9];
        for (int z = 0; z < 13; z++) {
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 9; x++) {
                    labels[(z * 11 + y) * 9 + x] = (byte) (z * 16 + x);
                }
            }
        }
        MemoryStore store = new MemoryStore();
        ImageWriter.write(
                new StorePlace(store, ""),
                WriteCondition.ANY,
                ImageSpec.labels(new long[] {13, 11, 9}, DataType.UINT8, 10, 4),
                SMALL_2,
                BoxSource.of(labels, 13, 11, 9));

        assertArrayEquals(new long[] {6, 6, 4}, level(store, 1).shape());
        assertArrayEquals(new long[] {3, 3, 2}, level(store, 2).shape());
        assertArrayEquals(new long[] {2, 2, 1}, level(store, 3).shape());
        byte[] row = new byte[4];
        level(store, 1).read(Region.of(new long[] {2, 0, 0}, new long[] {1, 1, 4}), row);
        assertArrayEquals(new byte[] {5 * 16 + 1, 5 * 16 + 3, 5 * 16 + 5, 5 * 16 + 7}, row);
    }

    @Test
    @Tag("statement-52")
    @Tag("statement-53")
    @Tag("statement-54")
    void levelsAreWhatTheRulesSayForAnyShape() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int[] shape = {random.nextInt(1, 24), random.nextInt(1, 24), random.nextInt(1, 24)};
            float[] values = new float[shape[0] * shape[1] * shape[2]];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() * 100;
            }
            Downscaling rule = random.nextBoolean() ? Downscaling.MEAN : Downscaling.NEAREST;
            int levels = random.nextInt(1, 5);
            ImageFormat format = (random.nextBoolean() ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3)
                    .withChunk(2 * random.nextInt(1, 6), 2 * random.nextInt(1, 6), 2 * random.nextInt(1, 14));
            MemoryStore store = new MemoryStore();
            long[] lengths = {shape[0], shape[1], shape[2]};
            ImageWriter.write(
                    new StorePlace(store, ""),
                    WriteCondition.ANY,
                    new ImageSpec(lengths, DataType.FLOAT32, 7.84, levels, rule, Optional.empty(), false, Map.of()),
                    format,
                    BoxSource.of(values, lengths));
            for (int level = 0; level < levels; level++) {
                String what = "level " + level + " of seed " + seed + " " + rule + " " + Arrays.toString(shape);
                ZarrArray array = level(store, level);
                assertArrayEquals(new long[] {shape[0], shape[1], shape[2]}, array.shape(), what);
                assertArrayEquals(values, array.readFloats(Region.all(array.shape())), what);
                int[] next = new int[3];
                values = rule == Downscaling.MEAN ? mean(values, shape, next) : nearest(values, shape, next);
                shape = next;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void theLevelsThatPythonWroteComeOutOfItsFullResolution(String corpus) throws IOException {
        MemoryStore golden;
        try (InputStream archive =
                Objects.requireNonNull(ImageWriterTest.class.getResourceAsStream("/golden/" + corpus + ".zip"))) {
            golden = MemoryStore.fromZip(archive);
        }
        int compared = 0;
        for (String image : tomograms(golden)) {
            ObjectStore from = new PrefixStore(golden, image);
            ZarrGroup group = (ZarrGroup)
                    new Zarr(ChunkCache.ofBytes(32 << 20)).open(from, "").orElseThrow();
            Optional<Multiscale> multiscale = Multiscale.of(group);
            if (multiscale.isEmpty() || multiscale.get().datasets().size() < 2) {
                continue;
            }
            List<ZarrArray> levels = new ArrayList<>();
            for (Multiscale.Dataset dataset : multiscale.get().datasets()) {
                levels.add((ZarrArray) group.member(dataset.path()).orElseThrow());
            }
            ZarrArray full = levels.get(0);
            if (!Arrays.equals(Downscaled.shape(full.shape()), levels.get(1).shape())) {
                continue;
            }
            MemoryStore written = new MemoryStore();
            ImageWriter.write(
                    new StorePlace(written, ""),
                    WriteCondition.ANY,
                    ImageSpec.tomogram(full.shape(), full.dataType(), 10, levels.size()),
                    (corpus.equals("v1") ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(16, 16, 16),
                    BoxSource.of(full));
            for (int i = 0; i < levels.size(); i++) {
                ZarrArray expected = levels.get(i);
                ZarrArray actual = level(written, i);
                assertEquals(expected.dataType(), actual.dataType(), image);
                Region all = Region.all(expected.shape());
                assertArrayEquals(expected.readFloats(all), actual.readFloats(all), image + " level " + i);
            }
            compared++;
        }
        assertTrue(compared >= 2, "only " + compared + " tomograms of several levels");
    }

    @Test
    @Tag("statement-51")
    @Tag("statement-90")
    @Tag("statement-94")
    void metadataSayWhatPythonSays() throws IOException {
        MemoryStore version2 = new MemoryStore();
        MemoryStore version3 = new MemoryStore();
        ImageSpec spec = ImageSpec.tomogram(new long[] {3, 4, 5}, DataType.FLOAT32, 7.84, 2);
        ImageWriter.write(
                new StorePlace(version2, ""),
                WriteCondition.ANY,
                spec,
                ImageFormat.VERSION_2.withChunk(8, 8, 8),
                BoxSource.of(new float[60], 3, 4, 5));
        ImageWriter.write(
                new StorePlace(version3, ""),
                WriteCondition.ANY,
                spec,
                ImageFormat.VERSION_3.withChunk(8, 8, 8),
                BoxSource.of(new float[60], 3, 4, 5));

        assertEquals(json("{\"zarr_format\":2}"), document(version2, ".zgroup"));
        String axes = "[{\"name\":\"z\",\"type\":\"space\",\"unit\":\"angstrom\"},"
                + "{\"name\":\"y\",\"type\":\"space\",\"unit\":\"angstrom\"},"
                + "{\"name\":\"x\",\"type\":\"space\",\"unit\":\"angstrom\"}]";
        String datasets =
                "[{\"coordinateTransformations\":[{\"scale\":[7.84,7.84,7.84],\"type\":\"scale\"}],\"path\":\"0\"},"
                        + "{\"coordinateTransformations\":[{\"scale\":[15.68,15.68,15.68],\"type\":\"scale\"}],"
                        + "\"path\":\"1\"}]";
        assertEquals(
                json("{\"multiscales\":[{\"axes\":" + axes + ",\"datasets\":" + datasets
                        + ",\"metadata\":{},\"name\":\"/\",\"version\":\"0.4\"}]}"),
                document(version2, ".zattrs"));
        assertEquals(
                json("{\"chunks\":[8,8,8],\"compressor\":{\"blocksize\":0,\"clevel\":5,\"cname\":\"lz4\","
                        + "\"id\":\"blosc\",\"shuffle\":1},\"dimension_separator\":\"/\",\"dtype\":\"<f4\","
                        + "\"fill_value\":0.0,\"filters\":null,\"order\":\"C\",\"shape\":[2,2,3],\"zarr_format\":2}"),
                document(version2, "1/.zarray"));
        assertTrue(version2.info("0/0/0/0").isPresent(), "chunks of zeros are stored in version 2");
        assertEquals(
                json("{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{\"ome\":{\"version\":\"0.5\","
                        + "\"multiscales\":[{\"axes\":" + axes + ",\"datasets\":" + datasets + ",\"name\":\"/\"}]}}}"),
                document(version3, "zarr.json"));
        assertTrue(version3.info("0/0/0/0").isEmpty(), "a shard of zeros is not stored in version 3");
    }

    @Test
    void whatWasThereIsGone() {
        MemoryStore store = new MemoryStore();
        ImageSpec larger = ImageSpec.tomogram(new long[] {9, 9, 9}, DataType.FLOAT32, 10, 3);
        ImageSpec smaller = ImageSpec.labels(new long[] {2, 2, 2}, DataType.UINT8, 10, 1);
        ImageWriter.write(
                new StorePlace(store, ""), WriteCondition.ANY, larger, SMALL_3, BoxSource.of(new float[729], 9, 9, 9));
        store.write("foreign/file", new byte[1], WriteCondition.ANY);
        ImageWriter.write(
                new StorePlace(store, ""), WriteCondition.ANY, smaller, SMALL_2, BoxSource.of(new byte[8], 2, 2, 2));

        assertEquals(
                List.of(".zattrs", ".zgroup", "0/.zarray", "0/0/0/0"),
                store.list("", null, 100).objects().stream()
                        .map(object -> object.key())
                        .toList());
    }

    @Test
    void aLeadingAxisHasChunksAndShardsOfItsOwn() {
        for (boolean oneShard : new boolean[] {true, false}) {
            for (ImageFormat format : List.of(SMALL_2, SMALL_3)) {
                short[] values = new short[2 * 6 * 5 * 4];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (short) (i + 1);
                }
                MemoryStore store = new MemoryStore();
                var channel = new Multiscale.Axis("c", Optional.of("channel"), Optional.empty());
                ImageSpec spec = new ImageSpec(
                        new long[] {2, 6, 5, 4},
                        DataType.UINT16,
                        10,
                        2,
                        Downscaling.NEAREST,
                        Optional.of(channel),
                        oneShard,
                        Map.of());
                ImageWriter.write(
                        new StorePlace(store, ""), WriteCondition.ANY, spec, format, BoxSource.of(values, 2, 6, 5, 4));

                short[] read = new short[values.length];
                level(store, 0).read(Region.all(new long[] {2, 6, 5, 4}), read);
                assertArrayEquals(values, read);
                assertArrayEquals(new long[] {2, 3, 2, 2}, level(store, 1).shape());
                short[] corner = new short[1];
                level(store, 1).read(Region.of(new long[] {1, 0, 0, 0}, new long[] {1, 1, 1, 1}), corner);
                assertEquals(values[6 * 5 * 4 + 5 * 4 + 4 + 1], corner[0]);
                if (format.zarrFormat() == 3) {
                    assertEquals(!oneShard, store.info("0/1/0/0/0").isPresent());
                }
            }
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeAnythingIsChanged() {
        MemoryStore store = new MemoryStore();
        store.write(".zgroup", new byte[] {1}, WriteCondition.ANY);
        ImageSpec spec = ImageSpec.tomogram(new long[] {9, 9, 9}, DataType.FLOAT32, 10, 3);
        BoxSource source = BoxSource.of(new float[729], 9, 9, 9);

        assertThrows(
                IllegalArgumentException.class,
                () -> ImageWriter.write(
                        new StorePlace(store, ""),
                        WriteCondition.ANY,
                        spec,
                        ImageFormat.VERSION_2.withChunk(3, 8, 8),
                        source));
        assertThrows(
                IllegalArgumentException.class, () -> ImageSpec.tomogram(new long[] {9, 9}, DataType.FLOAT32, 10, 3));
        assertThrows(
                IllegalArgumentException.class,
                () -> ImageSpec.tomogram(new long[] {9, 0, 9}, DataType.FLOAT32, 10, 3));
        for (ImageFormat format : List.of(ImageFormat.VERSION_2, ImageFormat.VERSION_3)) {
            UnsupportedFeatureException refused = assertThrows(
                    UnsupportedFeatureException.class,
                    () -> ImageWriter.write(
                            new StorePlace(store, ""),
                            WriteCondition.ANY,
                            spec,
                            format.withChunk(2048, 2048, 2048),
                            source),
                    "nobody can read the padded chunks");
            assertTrue(refused.getMessage().contains("2 GiB"), refused::toString);
        }
        long[] flat = {1, 1024, 1025};
        IllegalArgumentException many = assertThrows(
                IllegalArgumentException.class,
                () -> ImageWriter.write(
                        new StorePlace(store, ""),
                        WriteCondition.ANY,
                        ImageSpec.labels(flat, DataType.UINT8, 10, 1),
                        ImageFormat.VERSION_3.withChunk(1, 1, 1),
                        BoxSource.zeros()),
                "no reader accepts such a shard");
        assertTrue(many.getMessage().contains("1049600"), many::toString);
        assertEquals(1, store.list("", null, 10).objects().size());
    }

    @Test
    void levelsWithOtherAxesThanTheImageAreRefused() {
        MemoryStore store = new MemoryStore();
        ImageSpec spec = new ImageSpec(
                new long[] {2, 4, 4, 4},
                DataType.UINT8,
                10,
                1,
                Downscaling.NEAREST,
                Optional.of(new Multiscale.Axis("c", Optional.empty(), Optional.empty())),
                false,
                Map.of());
        Optional<double[]> short3 = Optional.of(new double[] {10, 10, 10});
        for (ImageLevel level : List.of(
                new ImageLevel(new long[] {4, 4, 4}, Optional.empty(), BoxSource.zeros()),
                new ImageLevel(new long[] {3, 4, 4, 4}, Optional.empty(), BoxSource.zeros()),
                new ImageLevel(new long[] {2, 0, 4, 4}, Optional.empty(), BoxSource.zeros()),
                new ImageLevel(new long[] {2, 4, 4, 4}, short3, BoxSource.zeros()))) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> ImageWriter.write(
                            new StorePlace(store, "image/"), WriteCondition.ANY, spec, SMALL_2, List.of(level)));
            assertTrue(refused.getMessage().contains(Arrays.toString(level.shape())), refused::toString);
        }
        assertTrue(store.list("", null, 1).isEmpty());
    }

    @Test
    void onlyLevelsOfVolumesAreComputed() {
        MemoryStore store = new MemoryStore();
        for (int length : new int[] {4, 2}) {
            String array = "{\"zarr_format\":2,\"shape\":[L,L],\"chunks\":[4,4],\"dtype\":\"<f4\",\"compressor\":null,"
                    + "\"filters\":null,\"fill_value\":0,\"order\":\"C\"}";
            store.write(
                    length + "/.zarray",
                    array.replace("L", "" + length).getBytes(StandardCharsets.UTF_8),
                    WriteCondition.ANY);
        }
        ZarrArray finer = (ZarrArray) zarr().open(store, "4").orElseThrow();
        ZarrArray coarser = (ZarrArray) zarr().open(store, "2").orElseThrow();

        assertThrows(
                UnsupportedFeatureException.class,
                () -> Downscaling.MEAN.update(finer, coarser, Region.all(finer.shape())));
    }

    /** Python's rule for the shape of the next level of a tomogram. */
    private static final class Downscaled {
        static long[] shape(long[] shape) {
            return Arrays.stream(shape).map(n -> (n + 1) / 2).toArray();
        }
    }

    private static float[] mean(float[] from, int[] shape, int[] next) {
        for (int i = 0; i < 3; i++) {
            next[i] = (shape[i] + 1) / 2;
        }
        float[] into = new float[next[0] * next[1] * next[2]];
        for (int z = 0; z < next[0]; z++) {
            for (int y = 0; y < next[1]; y++) {
                for (int x = 0; x < next[2]; x++) {
                    float sum = 0;
                    for (int pair = 0; pair < 4; pair++) {
                        int zz = 2 * z + pair / 2;
                        int yy = 2 * y + pair % 2;
                        sum += at(from, shape, zz, yy, 2 * x) + at(from, shape, zz, yy, 2 * x + 1);
                    }
                    into[(z * next[1] + y) * next[2] + x] = sum / 8;
                }
            }
        }
        return into;
    }

    private static float at(float[] from, int[] shape, int z, int y, int x) {
        return z < shape[0] && y < shape[1] && x < shape[2] ? from[(z * shape[1] + y) * shape[2] + x] : 0;
    }

    private static float[] nearest(float[] from, int[] shape, int[] next) {
        for (int i = 0; i < 3; i++) {
            next[i] = (int) Math.max(1, Math.rint(shape[i] / 2.0));
        }
        float[] into = new float[next[0] * next[1] * next[2]];
        for (int z = 0; z < next[0]; z++) {
            for (int y = 0; y < next[1]; y++) {
                for (int x = 0; x < next[2]; x++) {
                    into[(z * next[1] + y) * next[2] + x] = at(
                            from,
                            shape,
                            index(z, shape[0], next[0]),
                            index(y, shape[1], next[1]),
                            index(x, shape[2], next[2]));
                }
            }
        }
        return into;
    }

    private static int index(int i, int n, int m) {
        return (int) Math.floor((i + 0.5) * n / m);
    }

    private static List<String> tomograms(MemoryStore golden) {
        List<String> found = new ArrayList<>();
        golden.forEach("", object -> {
            String key = object.key();
            int end = key.indexOf(".zarr/");
            if (end > 0 && key.contains("/VoxelSpacing") && !key.contains("_features")) {
                String image = key.substring(0, end + 6);
                if (!found.contains(image) && (key.endsWith(".zattrs") || key.endsWith("zarr.json"))) {
                    found.add(image);
                }
            }
        });
        return found;
    }

    private static ZarrArray level(ObjectStore store, int level) {
        ZarrGroup group = (ZarrGroup) zarr().open(store, "").orElseThrow();
        return (ZarrArray) group.member(
                        Multiscale.of(group).orElseThrow().datasets().get(level).path())
                .orElseThrow();
    }

    private static Zarr zarr() {
        return new Zarr(ChunkCache.ofBytes(0));
    }

    private static JsonNode document(ObjectStore store, String key) throws IOException {
        return new ObjectMapper().readTree(store.read(key).orElseThrow().bytes());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
