package org.copick.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.copick.error.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskCacheConfigTest {
    private static ProjectConfig config(String diskCache) {
        return ProjectConfig.parse(
                "{\"overlay_root\": \"/o\", \"pickable_objects\": [], \"disk_cache\": " + diskCache + "}", "x");
    }

    @Test
    void aDiskCacheIsReadAndSavedAsItWas() throws Exception {
        String written = "{\"path\":\"~/cache\",\"max_bytes\":50000000000,\"later\":[1,null]}";
        ProjectConfig config = config(written);
        DiskCacheConfig cache = config.diskCache().orElseThrow();

        assertEquals("~/cache", cache.path());
        assertEquals(50_000_000_000L, cache.maxBytes());
        for (ProjectConfig saved : List.of(config, config.withObjects(List.of()))) {
            assertEquals(
                    written,
                    new ObjectMapper()
                            .readTree(saved.toJson())
                            .get("disk_cache")
                            .toString());
        }
    }

    @Test
    void noneIsTheDefault() {
        assertEquals(Optional.empty(), config("null").diskCache());
        ProjectConfig without = ProjectConfig.parse("{\"overlay_root\": \"/o\", \"pickable_objects\": []}", "x");
        assertEquals(Optional.empty(), without.diskCache());
        assertFalse(without.toJson().contains("disk_cache"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"~/cache\"; disk_cache must be an object",
                "{\"path\": \"c\"}; disk_cache.max_bytes is missing",
                "{\"max_bytes\": 5}; disk_cache.path is missing",
                "{\"path\": 5, \"max_bytes\": 5}; disk_cache.path must be text",
                "{\"path\": \"\", \"max_bytes\": 5}; disk_cache.path must be the path",
                "{\"path\": \"s3://b/c\", \"max_bytes\": 5}; disk_cache.path must be the path",
                "{\"path\": \"c\", \"max_bytes\": 0}; disk_cache.max_bytes must be at least 1",
                "{\"path\": \"c\", \"max_bytes\": \"5G\"}; disk_cache.max_bytes must be a whole number"
            })
    void mistakesAreNamed(String diskCache, String message) {
        var refused = assertThrows(InvalidConfigException.class, () -> config(diskCache));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
