package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.copick.Level;
import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.storage.PrefixStore;
import org.copick.zarr.Zarr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a plain view of a volume is the same image. */
final class PlainVolumeTest {
    private final Zarr zarr = new Zarr(ChunkCache.ofBytes(16 << 20));

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void aPlainViewIsTheSameImageInAnotherFormat(String corpus) throws IOException {
        MemoryStore store = MemoryStore.fromZip(
                Objects.requireNonNull(PlainVolumeTest.class.getResourceAsStream("/golden/" + corpus + ".zip")));
        int volumes = 0;
        for (var object : store.contents().entrySet()) {
            String key = object.getKey();
            if ((key.endsWith("/.zattrs") || key.endsWith("/zarr.json"))
                    && new String(object.getValue(), StandardCharsets.UTF_8).contains("\"multiscales\"")) {
                Volume volume = Volume.open(zarr, new PrefixStore(store, key.substring(0, key.lastIndexOf('/') + 1)));
                assertSame(volume, Volume.open(zarr, volume.plainView()));
                volumes++;
            }
        }
        assertTrue(volumes > 10, volumes + " volumes");
    }

    private static void assertSame(Volume volume, Volume plain) {
        assertEquals(2, plain.zarrFormat().orElseThrow());
        assertEquals("0.4", plain.omeVersion().orElseThrow());
        assertEquals(volume.axes(), plain.axes());
        assertEquals(volume.levels().size(), plain.levels().size());
        for (int i = 0; i < volume.levels().size(); i++) {
            Level expected = volume.level(i);
            Level found = plain.level(i);
            assertArrayEquals(expected.scale().orElseThrow(), found.scale().orElseThrow(), expected.toString());
            assertArrayEquals(expected.shape(), found.shape(), expected.toString());
            assertArrayEquals(expected.readFloats(), found.readFloats(), expected.toString());
        }
    }
}
