package org.example.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests properties that are specific to SQLite files. */
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
            assertEquals(1, files.count(), "closing writes the log back and deletes it");
        }
        try (ObjectStore all = new SqliteStore(file, "")) {
            assertTrue(all.read("inside/a").isPresent());
        }
    }

    @Test
    void whatIsNoDatabaseIsTold() throws IOException {
        Path file = folder.resolve("objects.db");
        Files.writeString(file, "this is not a database, despite its name ".repeat(100));
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

    /** Checks a database of another program without the table of this store. */
    @Test
    void readingLeavesADatabaseAsItIs() throws Exception {
        Path file = folder.resolve("objects.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs (x)");
        }
        byte[] before = Files.readAllBytes(file);
        try (ObjectStore store = new SqliteStore(file, "")) {
            assertTrue(store.read("a").isEmpty());
            assertTrue(store.info("a").isEmpty());
            assertEquals(List.of(), store.list("", null, 10).objects());
            assertEquals(FolderListing.EMPTY, store.listFolder(""));
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void fileNamesMayHoldWhatUrlsReserve() throws IOException {
        for (String name : new String[] {"what?.db", "a?mode=memory", "100%25.db", "a#b c.db", "\u65e5\u672c.db"}) {
            Path file = folder.resolve(name);
            try (ObjectStore store = new SqliteStore(file, "")) {
                store.write("a", name.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
            }
            assertTrue(Files.size(file) > 0, name);
            try (ObjectStore store = new SqliteStore(file, "")) {
                assertEquals(name, new String(store.read("a").orElseThrow().bytes(), StandardCharsets.UTF_8));
            }
        }
        try (var files = Files.list(folder)) {
            assertEquals(5, files.count(), "no file with another name");
        }
    }

    @Test
    void aFileInAFolderThatIsNotThereComesWithTheFirstWrite() {
        Path file = folder.resolve("not yet/there/objects.db");
        try (ObjectStore store = new SqliteStore(file, "")) {
            assertTrue(store.read("a").isEmpty());
            assertFalse(Files.exists(folder.resolve("not yet")));
            store.write("a", new byte[1], WriteCondition.ANY);
            assertTrue(store.read("a").isPresent());
        }
    }

    @Test
    void aPlaceThatCannotBeLookedAtIsNotEmpty() throws IOException {
        Files.writeString(folder.resolve("file"), "no folder");
        try (ObjectStore store = new SqliteStore(folder.resolve("file/objects.db"), "")) {
            assertThrows(StorageException.class, () -> store.read("a"));
            assertThrows(StorageException.class, () -> store.delete("a"));
            assertThrows(StorageException.class, () -> store.write("a", new byte[1], WriteCondition.ANY));
        }
    }

    @Test
    void aPrefixHasNoVersion() {
        try (ObjectStore store = new SqliteStore(folder.resolve("objects.db"), "")) {
            store.write("staged/a", new byte[] {1}, WriteCondition.ANY);
            ObjectInfo old = store.write("place/a", new byte[] {2}, WriteCondition.ANY);
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> store.replacePrefix("staged/", "place/", WriteCondition.ifVersion(old.version())));
            assertEquals(old, store.info("place/a").orElseThrow());
            assertTrue(store.info("staged/a").isPresent());
        }
    }

    @Test
    void whatIsDamagedSomewhereGivesContentOrAnException() throws IOException {
        Path file = folder.resolve("objects.db");
        try (ObjectStore store = new SqliteStore(file, "")) {
            for (int i = 0; i < 40; i++) {
                store.write("a/object/" + i, new byte[700], WriteCondition.ANY);
            }
        }
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bad = i % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int flips = i % 4 == 0 ? 0 : 30; flips > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path damaged = folder.resolve("damaged" + i + ".db");
            Files.write(damaged, bad);
            try (ObjectStore store = new SqliteStore(damaged, "")) {
                store.forEach("", object -> store.read(object.key()));
                store.listFolder("a/");
                store.readRanges("a/object/1", List.of(ByteRange.last(5)), null);
            } catch (CopickException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, refused + " refused");
    }

    @Test
    void halfACharacterIsNoKey() {
        try (ObjectStore store = new SqliteStore(folder.resolve("objects.db"), "")) {
            assertThrows(InvalidNameException.class, () -> store.read("\ud800"));
        }
    }
}
