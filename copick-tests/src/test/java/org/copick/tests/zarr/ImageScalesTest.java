package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests voxel sizes from all parts of OME-NGFF metadata: units, transformations, order and paths of levels. */
class ImageScalesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nm | [0.784, 0.784, 1.5] | 7.84, 7.84, 15",
                "angstrom | [10, 10.5, 1e1] | 10, 10.5, 10",
                "\u00b5m | [0.001, 0.00075, 1e-3] | 10, 7.5, 10",
                "pm | [784, 1000, 1] | 7.84, 10, 0.01",
                "nanometer | [\"1.0\", \" 1.348\", \".5\"] | 10, 13.48, 5"
            })
    void scalesAreGivenInAngstrom(String unit, String scale, String expected) {
        Multiscale image = image(axes(unit, unit, unit), dataset("0", scale(scale)));

        assertArrayEquals(
                List.of(expected.split(", ", -1)).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray(),
                size(image, 0));
        assertTrue(image.hasUnit());
    }

    @Test
    void eachAxisHasItsUnitAndOthersTheFirstOne() {
        assertArrayEquals(
                new double[] {10, 10, 10},
                size(image(axes("nm", "angstrom", "\u212b"), dataset("0", scale("[1, 10, 10]"))), 0));
        assertArrayEquals(
                new double[] {10, 20, 30}, size(image(axes(null, "nm", null), dataset("0", scale("[1, 2, 3]"))), 0));
        Multiscale without = image(axes(null, "", null), dataset("0", scale("[1, 2, 3]")));
        assertArrayEquals(new double[] {1, 2, 3}, size(without, 0));
        assertEquals(false, without.hasUnit());
    }

    @Test
    void transformationsOfLevelAndImageAreMultiplied() {
        Multiscale image = of("{\"multiscales\": [{" + axes("nm", "nm", "nm") + ", \"datasets\": ["
                + dataset("0", scale("[0.1, 0.1, 0.1]"), "{\"type\": \"translation\", \"translation\": [5, 5, 5]}")
                + "," + dataset("1", scale("[2, 2, 2]"), scale("[0.1, 0.1, 0.1]")) + "],"
                + "\"coordinateTransformations\": [" + scale("[7.84, 7.84, \"7.84\"]") + "]}]}");

        assertArrayEquals(new double[] {7.84, 7.84, 7.84}, size(image, 0));
        assertArrayEquals(new double[] {15.68, 15.68, 15.68}, size(image, 1));
    }

    @Test
    void transformationsMayBeOneOrASequence() {
        Multiscale image = of("{\"multiscales\": [{" + axes("nm", "nm", "nm") + ", \"datasets\": [{\"path\": \"0\","
                + " \"coordinateTransformations\": {\"type\": \"sequence\", \"transformations\": ["
                + scale("[1, 1, 1]") + ", {\"type\": \"identity\"}, " + scale("[2, 3, 4]") + "]}}]}]}");

        assertArrayEquals(new double[] {20, 30, 40}, size(image, 0));
    }

    @Test
    void theIdentityIsNoSize() {
        Multiscale image = image(axes("nm", "nm", "nm"), dataset("0", "{\"type\": \"identity\"}"));

        assertTrue(image.voxelSize(image.datasets().get(0)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parsec", "pixel", "MM", "second"})
    void anUnknownUnitIsNamed(String unit) {
        Multiscale image = image(axes("nm", unit, "nm"), dataset("0", scale("[1, 1, 1]")));

        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> size(image, 0));
        assertTrue(refused.getMessage().contains("unit of length \"" + unit + "\""), refused::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"affine\", \"affine\": [[1]]} | coordinate transformation \"affine\"",
                "{\"type\": \"scale\", \"path\": \"s\"} | scale in a separate file"
            })
    void unknownTransformationsAreNamed(String transformation, String named) {
        Multiscale image = image(axes("nm", "nm", "nm"), dataset("0", scale("[1, 1, 1]"), transformation));

        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> size(image, 0));
        assertTrue(refused.getMessage().contains(named), refused::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1, 1, \"one\"]", "[1, 1, \"1,5\"]", "[1, 1, null]", "[1, 1, \"NaN\"]", "[1, 1, \"1e999\"]"})
    void scalesThatAreNoNumbersAreRefused(String scale) {
        CorruptDataException refused = assertThrows(
                CorruptDataException.class, () -> image(axes("nm", "nm", "nm"), dataset("0", scale(scale))));

        assertTrue(refused.getMessage().contains("a scale holds"), refused::toString);
    }

    @Test
    void theFinestLevelComesFirst() {
        Multiscale image = image(
                axes("nm", "nm", "nm"),
                dataset("coarse", scale("[4, 4, 4]")),
                dataset("fine", scale("[1, 1, 1]")),
                dataset("between", scale("[2, 2, 2]")));

        assertEquals(
                List.of("fine", "between", "coarse"),
                image.datasets().stream().map(Multiscale.Dataset::path).toList());
    }

    @ParameterizedTest
    @CsvSource({"/0, 0", "0/, 0", "//s0//a/, s0/a", "\\0, 0"})
    void separatorsAroundPathsCountForNothing(String path, String expected) {
        Multiscale image = image(axes("nm", "nm", "nm"), dataset(path.replace("\\", "\\\\"), scale("[1, 1, 1]")));

        assertEquals(expected, image.datasets().get(0).path());
    }

    private static double[] size(Multiscale image, int level) {
        return image.voxelSize(image.datasets().get(level)).orElseThrow();
    }

    private static String scale(String values) {
        return "{\"type\": \"scale\", \"scale\": " + values + "}";
    }

    private static String dataset(String path, String... transformations) {
        return "{\"path\": \"" + path + "\", \"coordinateTransformations\": [" + String.join(",", transformations)
                + "]}";
    }

    private static String axes(String z, String y, String x) {
        return "\"axes\": [" + axis("z", z) + axis("y", y) + axis("x", x).replace("},", "}") + "]";
    }

    private static String axis(String name, String unit) {
        return "{\"name\": \"" + name + "\", \"type\": \"space\"" + (unit == null ? "" : ", \"unit\": \"" + unit + "\"")
                + "},";
    }

    private static Multiscale image(String axes, String... datasets) {
        return of("{\"multiscales\": [{" + axes + ", \"datasets\": [" + String.join(",", datasets) + "]}]}");
    }

    private static Multiscale of(String attributes) {
        MemoryStore store = new MemoryStore();
        store.write("a/.zgroup", "{\"zarr_format\":2}".getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        store.write("a/.zattrs", attributes.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        Optional<Multiscale> image = Multiscale.of(
                (ZarrGroup) new Zarr(ChunkCache.ofBytes(0)).open(store, "a").orElseThrow());
        return image.orElseThrow();
    }
}
