package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Zarr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests images with some objects, but without the group's metadata: they are reported as incomplete, not as empty. */
class PartialImageTest {
    @ParameterizedTest
    @CsvSource({
        ".zattrs, .zgroup",
        ".zmetadata, .zgroup",
        "0/.zarray;0/0/0/0, .zgroup",
        "0/.zattrs, .zgroup",
        "0/c/0/0/0;0/zarr.json, zarr.json",
        "0/zarr.json, zarr.json",
        "0/0/0/0, .zgroup or zarr.json",
        "0/c/0/0/0, .zgroup or zarr.json",
        "notes.txt, .zgroup or zarr.json"
    })
    void theMissingFileIsNamed(String keys, String missing) {
        MemoryStore store = new MemoryStore();
        for (String key : keys.split(";", -1)) {
            store.write(key, new byte[] {'{', '}'}, WriteCondition.ANY);
        }
        Volume volume = open(store);

        CorruptDataException refused = assertThrows(CorruptDataException.class, volume::levels);
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith(store.location() + " has " + keys.split(";", -1)[0] + ", but no " + missing + ";"),
                refused::getMessage);
        assertEquals(Optional.empty(), volume.zarrFormat());
        assertThrows(CorruptDataException.class, () -> volume.level(0));
    }

    @Test
    void whereNothingIsNothingWasWritten() {
        assertTrue(open(new MemoryStore()).levels().isEmpty());
    }

    private static Volume open(MemoryStore store) {
        return Volume.open(new Zarr(ChunkCache.ofBytes(0)), store);
    }
}
