package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageProviderTest {
    @TempDir
    Path folder;

    private static String location(String url, @Nullable Path base) {
        return open(url, Map.of(), base).location();
    }

    private static ObjectStore open(String url, Map<String, Object> options, @Nullable Path base) {
        return new LocalStorageProvider().open(new StoreAddress(url, options, base));
    }

    private static String message(Executable opening) {
        return String.valueOf(
                assertThrows(InvalidConfigException.class, opening).getMessage());
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertTrue(ServiceLoader.load(StorageProvider.class).stream()
                .anyMatch(provider -> provider.type() == LocalStorageProvider.class));
    }

    @Test
    void absoluteForms() {
        String path = folder.resolve("a").toString();
        for (String url : new String[] {
            path,
            path + "/",
            path + "///",
            "file://" + path,
            "local://" + path + "/",
            "file:" + path,
            "FILE://" + path,
            path + "/x/../",
            folder + "/./a"
        }) {
            assertEquals(path, location(url, folder.resolve("base")), url);
        }
    }

    @Test
    void percentSignsAndOddCharactersAreLiteral() {
        for (String name : new String[] {"100%25", "a%20b", "a b", "a#b", "a;b", "\u00fc"}) {
            assertEquals(folder.resolve(name).toString(), location("file://" + folder + "/" + name, null));
        }
    }

    @Test
    void relativeFormsStartFromTheBaseFolder() {
        for (String url : new String[] {"sub/x", "./sub/x", "local://sub/x", "file://sub/x/", "file:sub/x"}) {
            assertEquals(folder.resolve("sub/x").toString(), location(url, folder), url);
            assertEquals(Path.of("sub/x").toAbsolutePath().toString(), location(url, null), url);
        }
        assertEquals(folder.toString(), location(".", folder));
        assertEquals(folder.toString(), location("..", folder.resolve("sub")));
    }

    @Test
    void tildeIsTheHomeFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        assertEquals(home.toString(), location("~", folder));
        assertEquals(home.toString(), location("~/", folder));
        assertEquals(home.resolve("x/y").toString(), location("~/x/y", folder));
        assertEquals(home.resolve("x").toString(), location("local://~/x", folder));
        assertThrows(InvalidConfigException.class, () -> location("~someone/x", folder));
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        String message = message(() -> location(file.toString(), null));
        assertTrue(message.contains("is a file"), message);
        for (String url : new String[] {"", "file://", "local://", "simplecache::s3://bucket/x", "a\0b"}) {
            assertThrows(InvalidConfigException.class, () -> location(url, folder), url.replace("\0", "\\0"));
        }
    }

    @Test
    void optionsAreAcceptedOrNamed() {
        Map<String, Object> known =
                Map.of("auto_mkdir", true, "skip_instance_cache", true, "max_paths", 7, "asynchronous", false);
        assertEquals(folder.toString(), open(folder.toString(), known, null).location());
        String message = message(() -> open(folder.toString(), Map.of("secret_key", "s3cr3t"), null));
        assertTrue(message.contains("secret_key"), message);
        assertFalse(message.contains("s3cr3t"), message);
        assertThrows(InvalidConfigException.class, () -> open(folder.toString(), Map.of("asynchronous", true), null));
    }

    @Test
    void theRootComesWithTheFirstWrite() {
        Path root = folder.resolve("a/b");
        ObjectStore store = open(root.toString(), Map.of("auto_mkdir", false), null);
        assertTrue(store.read("x").isEmpty());
        assertFalse(Files.exists(root), "opening and reading create nothing");
        store.write("c/x", new byte[1], WriteCondition.ANY);
        assertTrue(Files.isRegularFile(root.resolve("c/x")));
        store.delete("c/x");
        assertTrue(Files.isDirectory(root), "the root itself is not removed");
        assertFalse(Files.exists(root.resolve("c")), "a folder that became empty is removed");
    }
}
