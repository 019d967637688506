package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.copick.error.ClosedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.ObjectWriter;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private static final String SPACE = "memory-store-test";

    @AfterEach
    void forget() {
        MemoryStorageProvider.forget(SPACE);
    }

    @Test
    void aClosedWriterWritesNothing() {
        MemoryStore store = new MemoryStore();
        store.write("x", new byte[3], WriteCondition.ANY);
        ObjectWriter writer = store.writer("x", WriteCondition.ANY);
        writer.append(new byte[5]);
        writer.close();
        assertThrows(ClosedException.class, writer::complete);
        assertThrows(ClosedException.class, () -> writer.append(new byte[1]));
        assertEquals(3, store.info("x").orElseThrow().size());
    }

    private static byte[] zip(String... names) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(StoreFixture.bytes(name));
                }
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void loadsAZipArchive() throws Exception {
        MemoryStore store = MemoryStore.fromZip(new ByteArrayInputStream(zip("a/", "a/b.json", "c")));
        assertEquals(List.of("a/b.json", "c"), List.copyOf(store.contents().keySet()));
        assertArrayEquals(StoreFixture.bytes("a/b.json"), store.contents().get("a/b.json"));
        assertThrows(InvalidNameException.class, () -> MemoryStore.fromZip(new ByteArrayInputStream(zip("../evil"))));
    }

    @Test
    void loadsAMap() {
        byte[] content = {1};
        MemoryStore store = MemoryStore.of(Map.of("a", content));
        content[0] = 2;
        assertArrayEquals(new byte[] {1}, store.read("a").orElseThrow().bytes());
    }

    @Test
    void urlsShareSpaces() {
        StorageProvider provider = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.schemes().contains("memory"))
                .findFirst()
                .orElseThrow();
        var below = provider.open(new StoreAddress("memory://" + SPACE + "/sub/path/", Map.of(), null));
        below.write("x", new byte[3], WriteCondition.ANY);
        assertEquals("memory://" + SPACE + "/sub/path", below.location());
        MemoryStore whole = MemoryStorageProvider.space(SPACE);
        assertEquals(List.of("sub/path/x"), List.copyOf(whole.contents().keySet()));
        below.close();
        assertTrue(whole.read("sub/path/x").isPresent());
        MemoryStorageProvider.forget(SPACE);
        assertTrue(MemoryStorageProvider.space(SPACE).contents().isEmpty());
    }

    @Test
    void urlsThatCannotBe() {
        MemoryStorageProvider provider = new MemoryStorageProvider();
        for (String url : List.of("memory://", "memory:///x", "memory://a/../b", "memory://a//b")) {
            assertThrows(InvalidConfigException.class, () -> provider.open(new StoreAddress(url, Map.of(), null)), url);
        }
        assertThrows(
                InvalidConfigException.class,
                () -> provider.open(new StoreAddress("memory://" + SPACE, Map.of("auto_mkdir", true), null)));
    }
}
