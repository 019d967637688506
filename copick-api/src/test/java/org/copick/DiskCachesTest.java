package org.copick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.storage.disk.DiskCache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which disk cache a project uses, and in which folder it lies. */
final class DiskCachesTest {
    @TempDir
    private Path folder;

    private final DiskCaches caches = new DiskCaches(null);

    private static ProjectConfig config(@Nullable String path) {
        String field = path == null ? "" : ", \"disk_cache\": {\"path\": \"" + path + "\", \"max_bytes\": 1000}";
        return ProjectConfig.parse("{\"overlay_root\": \"/o\", \"pickable_objects\": []" + field + "}", "x");
    }

    private DiskCache cache(String path) {
        return Objects.requireNonNull(caches.of(config(path), folder, true));
    }

    @Test
    void thereIsNoCacheByDefault() {
        assertNull(caches.of(config(null), folder, true));
        assertNull(caches.ofBuilder());
    }

    @Test
    void pathsStartFromTheFolderOfTheConfiguration() {
        assertEquals(folder.resolve("some/cache"), cache("some/../some/cache").folder());
        assertEquals(1000, cache("some/cache").maxBytes());
        assertEquals(
                folder.resolve("absolute"),
                cache(folder.resolve("absolute").toString()).folder());
        assertEquals(folder.resolve("~x"), cache("./~x").folder());
    }

    @Test
    void theHomeFolderIsMeantByATilde() {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", folder.resolve("home").toString());
        try {
            assertEquals(
                    folder.resolve("home/.cache/copick"),
                    cache("~/.cache/copick").folder());
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    void projectsWithTheSameFolderShareACache() {
        assertSame(cache("a"), cache("b/../a"));
        assertNotSame(cache("a"), cache("b"));
    }

    @Test
    void theBuildersCacheReplacesTheConfigurations() {
        DiskCache ofBuilder = DiskCache.in(folder.resolve("builder"), 5);
        DiskCaches built = new DiskCaches(ofBuilder);

        assertSame(ofBuilder, built.of(config("a"), folder, true));
        assertSame(ofBuilder, built.of(config(null), null, true));
        assertTrue(Files.notExists(folder.resolve("a")));
    }

    @Test
    void unusableFoldersAreRefused() throws IOException {
        Files.write(folder.resolve("file"), new byte[1]);
        assertThrows(InvalidConfigException.class, () -> cache("file"));
        assertThrows(InvalidConfigException.class, () -> cache("~somebody/cache"));
        var remote = assertThrows(InvalidConfigException.class, () -> caches.of(config("a"), null, true));
        assertTrue(String.valueOf(remote.getMessage()).contains("disk_cache.path"), remote.getMessage());
        assertThrows(
                InvalidConfigException.class,
                () -> CopickContext.builder()
                        .diskCache(folder.resolve("file"), 1)
                        .build());
    }
}
