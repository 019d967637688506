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
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.ImageSeries;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiscaleTest {
    @Test
    void levelsComeFromTheDatasetsInTheirOrder() {
        Multiscale image = of("""
                {"multiscales": [{"version": "0.4", "name": "wbp",
                  "axes": [{"name": "z", "type": "space", "unit": "angstrom"}, {"name": "y"}, "x"],
                  "datasets": [
                    {"path": "s0", "coordinateTransformations": [{"type": "scale", "scale": [10, 10.5, 10]}]},
                    {"path": "levels/1"}]}]}
                """).orElseThrow();

        assertEquals(Optional.of("0.4"), image.version());
        assertEquals(Optional.of("wbp"), image.name());
        assertEquals(
                List.of("z", "y", "x"),
                image.axes().stream().map(Multiscale.Axis::name).toList());
        assertEquals(Optional.of("angstrom"), image.axes().get(0).unit());
        assertEquals(
                List.of("s0", "levels/1"),
                image.datasets().stream().map(Multiscale.Dataset::path).toList());
        assertArrayEquals(
                new double[] {10, 10.5, 10}, image.datasets().get(0).scale().orElseThrow());
        assertTrue(image.datasets().get(1).scale().isEmpty());
    }

    @Test
    void theNewerPlaceOfTheMetadataIsKnown() {
        Multiscale image = of("""
                {"ome": {"version": "0.5", "multiscales": [{"datasets": [{"path": "0"}]}]}}
                """).orElseThrow();

        assertEquals(Optional.of("0.5"), image.version());
        assertEquals("0", image.datasets().get(0).path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ome\": {}}", "{\"ome\": 7}", "{\"other\": []}", "{\"multiscales\": []}"})
    void aGroupNeedNotBeAnImage(String attributes) {
        assertTrue(of(attributes).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"multiscales\": {}}",
                "{\"multiscales\": 7}",
                "{\"multiscales\": null}",
                "{\"multiscales\": [null]}",
                "{\"multiscales\": [{\"datasets\": 7}]}",
                "{\"multiscales\": [{\"datasets\": [7]}]}",
                "{\"multiscales\": [{\"datasets\": [{}]}]}",
                "{\"multiscales\": [{\"datasets\": [{\"path\": 0}]}]}",
                "{\"multiscales\": [{\"datasets\": [{\"path\": \"../../other\"}]}]}",
                "{\"multiscales\": [{\"datasets\": [{\"path\": \"\"}]}]}",
                "{\"multiscales\": [{\"datasets\": [{\"path\": \"0\", \"coordinateTransformations\": ["
                        + "{\"type\": \"scale\", \"scale\": [1e200]}, {\"type\": \"scale\", \"scale\": [-1e200]}]}]}]}",
                "{\"multiscales\": [{\"axes\": 7, \"datasets\": []}]}",
                "{\"multiscales\": [{\"axes\": [{}], \"datasets\": []}]}",
                "{\"multiscales\": [{\"axes\": [\"z\"], \"datasets\": [{\"path\": \"0\","
                        + " \"coordinateTransformations\": [{\"type\": \"scale\", \"scale\": [1, 2]}]}]}]}",
                "{\"multiscales\": [{\"datasets\": [{\"path\": \"0\","
                        + " \"coordinateTransformations\": [{\"type\": \"scale\", \"scale\": [\"one\"]}]}]}]}"
            })
    void brokenMetadataAreToldWithTheirPlace(String attributes) {
        CorruptDataException refused = assertThrows(CorruptDataException.class, () -> of(attributes));

        assertTrue(refused.toString().contains("memory:"), refused::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"plate\": {\"wells\": [{\"path\": \"A/../1\"}]}}", "{\"bioformats2raw.layout\": 3}"})
    void brokenPathsOfACollectionAreToldWithTheirPlace(String attributes) {
        MemoryStore store = new MemoryStore();
        group(store, "a/OME", "{\"series\": [\"../0\"]}");

        CorruptDataException refused =
                assertThrows(CorruptDataException.class, () -> ImageSeries.only(group(store, "a", attributes)));

        assertTrue(refused.toString().contains("memory:"), refused::toString);
    }

    @Test
    void pathsOfACollectionAreNormalised() {
        MemoryStore store = new MemoryStore();
        group(store, "a/OME", "{\"series\": [\"/first/\"]}");
        group(store, "a/first", "{}");

        ZarrGroup only = ImageSeries.only(group(store, "a", "{\"bioformats2raw.layout\": 3}"));

        assertEquals("a/first", only.path());
    }

    private static Optional<Multiscale> of(String attributes) {
        return Multiscale.of(group(new MemoryStore(), "a", attributes));
    }

    private static ZarrGroup group(MemoryStore store, String path, String attributes) {
        store.write(path + "/.zgroup", "{\"zarr_format\":2}".getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        store.write(path + "/.zattrs", attributes.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        return (ZarrGroup) new Zarr(ChunkCache.ofBytes(0)).open(store, path).orElseThrow();
    }
}
