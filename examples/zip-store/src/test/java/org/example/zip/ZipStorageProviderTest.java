package org.example.zip;

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

/** Tests which URLs open which archive. */
class ZipStorageProviderTest {
    @TempDir
    Path folder;

    private static ObjectStore open(String url, Map<String, Object> options, Path base) {
        return new ZipStorageProvider().open(new StoreAddress(url, options, base));
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertTrue(ServiceLoader.load(StorageProvider.class).stream()
                .anyMatch(provider -> provider.type() == ZipStorageProvider.class));
    }

    @Test
    void urlsNameAFileAndPerhapsAFolderInIt() {
        String file = folder.resolve("a.zip").toString();
        Map<String, Object> none = Map.of();
        assertEquals("zip://" + file + "!", open("zip://" + file, none, null).location());
        assertEquals(
                "zip://" + file + "!", open("ZIP://" + file + "!/", none, null).location());
        assertEquals("zip://" + file + "!", open("zip://a.zip", none, folder).location());
        assertEquals(
                "zip://" + file + "!/x/y",
                open("zip://a.zip!/x/y/", none, folder).location());
    }

    @Test
    void whatCannotBeHonouredIsAConfigurationError() {
        for (String url :
                new String[] {"zip://", "zip://!/x", "zip://a\0b", "zip://a.zip!/../x", "zip://a.zip!/x//y"}) {
            String message = assertThrows(
                            InvalidConfigException.class, () -> open(url, Map.of(), folder), url.replace("\0", "\\0"))
                    .getMessage();
            assertTrue(message.contains(url), message);
        }
        String message = assertThrows(
                        InvalidConfigException.class, () -> open("zip://a.zip", Map.of("password", "s3cr3t"), null))
                .getMessage();
        assertTrue(message.contains("password"), message);
        assertFalse(message.contains("s3cr3t"), message);
    }
}
