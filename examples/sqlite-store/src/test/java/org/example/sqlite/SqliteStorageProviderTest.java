package org.example.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which URLs open which database. */
class SqliteStorageProviderTest {
    @TempDir
    Path folder;

    private static ObjectStore open(String url, Map<String, Object> options, Path base) {
        return new SqliteStorageProvider().open(new StoreAddress(url, options, base));
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertTrue(ServiceLoader.load(StorageProvider.class).stream()
                .anyMatch(provider -> provider.type() == SqliteStorageProvider.class));
    }

    @Test
    void urlsNameAFileAndPerhapsAFolderInIt() {
        String file = folder.resolve("a.db").toString();
        Map<String, Object> none = Map.of();
        assertEquals(
                "sqlite://" + file + "!", open("sqlite://" + file, none, null).location());
        assertEquals(
                "sqlite://" + file + "!",
                open("SQLITE://" + file + "!/", none, null).location());
        assertEquals(
                "sqlite://" + file + "!", open("sqlite://a.db", none, folder).location());
        assertEquals(
                "sqlite://" + file + "!/x/y",
                open("sqlite://a.db!/x/y/", none, folder).location());
    }

    @Test
    void whatCannotBeHonouredIsAConfigurationError() {
        for (String url :
                new String[] {"sqlite://", "sqlite://!/x", "sqlite://a\0b", "sqlite://a.db!/../x", "sqlite://a.db!/x//y"
                }) {
            String message = assertThrows(
                            InvalidConfigException.class, () -> open(url, Map.of(), folder), url.replace("\0", "\\0"))
                    .getMessage();
            assertTrue(message.contains(url), message);
        }
        String message = assertThrows(
                        InvalidConfigException.class, () -> open("sqlite://a.db", Map.of("password", "s3cr3t"), null))
                .getMessage();
        assertTrue(message.contains("password"), message);
        assertFalse(message.contains("s3cr3t"), message);
    }
}
