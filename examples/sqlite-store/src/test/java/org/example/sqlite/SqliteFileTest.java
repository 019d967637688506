package org.example.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to a file of SQLite's. */
class SqliteFileTest {
    @TempDir
    Path folder;

    @Test
    void readingMakesNoFile() {
        Path file = folder.resolve("objects.db");
        try (ObjectStore store = new SqliteStore(file, "")) {
            assertTrue(store.read("a").isEmpty());
            store.delete("a");
            store.deletePrefix("a/");
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void afterClosingThereIsOneFile() throws IOException {
        Path file = folder.resolve("objects.db");
        try (ObjectStore store = new SqliteStore(file, "inside/")) {
            store.write("a", new byte[10], WriteCondition.ANY);
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "the log is written back and gone");
        }
        try (ObjectStore all = new SqliteStore(file, "")) {
            assertTrue(all.read("inside/a").isPresent());
        }
    }

    @Test
    void whatIsNoDatabaseIsTold() throws IOException {
        Path file = folder.resolve("objects.db");
        Files.writeString(file, "this is no database, whatever it is called ".repeat(100));
        try (ObjectStore store = new SqliteStore(file, "")) {
            String message = assertThrows(CorruptDataException.class, () -> store.read("a"))
                    .getMessage();
            assertTrue(message.contains(file.toString()), message);
        }
    }

    @Test
    void aDamagedDatabaseIsTold() throws IOException {
        Path file = folder.resolve("objects.db");
        try (ObjectStore store = new SqliteStore(file, "")) {
            for (int i = 0; i < 200; i++) {
                store.write("object/" + i, new byte[5000], WriteCondition.ANY);
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        try (ObjectStore store = new SqliteStore(file, "")) {
            assertThrows(CorruptDataException.class, () -> store.list("", null, 1000));
        }
    }

    @Test
    void halfACharacterIsNoKey() {
        try (ObjectStore store = new SqliteStore(folder.resolve("objects.db"), "")) {
            assertThrows(InvalidNameException.class, () -> store.read("\ud800"));
        }
    }
}
