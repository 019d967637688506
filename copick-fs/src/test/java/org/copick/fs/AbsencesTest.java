package org.copick.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.error.StorageException;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names that are remembered as missing are found as soon as they exist. */
final class AbsencesTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private final AtomicLong nanoTime = new AtomicLong();
    private final Absences absences = new Absences(nanoTime::get);

    private Path root;

    @BeforeEach
    void fill() throws IOException {
        root = folder.resolve("root");
        Files.createDirectories(root.resolve("runs"));
        settle();
    }

    /** Makes the folders look as if nothing had changed in them for years. */
    private void settle() throws IOException {
        for (Path path : List.of(root.resolve("runs"), root)) {
            if (Files.exists(path)) {
                Files.setLastModifiedTime(path, LONG_AGO);
            }
        }
    }

    @Test
    void everythingBelowAMissingNameIsMissing() throws IOException {
        absences.add(root.resolve("runs/TS/Picks/a.json"));

        assertTrue(absences.cover(root.resolve("runs/TS/Picks/a.json")));
        assertTrue(absences.cover(root.resolve("runs/TS/Segmentations")));
        assertFalse(absences.cover(root.resolve("runs/TS_2")));
        assertFalse(absences.cover(root.resolve("runs")));
    }

    @Test
    void aNameThatWasCreatedIsUnknown() throws IOException {
        absences.add(root.resolve("runs/TS/Picks"));

        Files.createDirectories(root.resolve("runs/TS/Picks"));

        assertFalse(absences.cover(root.resolve("runs/TS/Picks")));
    }

    @Test
    void aFolderThatHasJustChangedMayChangeAgainUnseen() throws IOException {
        Files.createDirectory(root.resolve("runs/other"));

        absences.add(root.resolve("runs/TS"));

        assertFalse(absences.cover(root.resolve("runs/TS")));
    }

    @Test
    void anotherFolderInThePlaceIsUnknown() throws IOException {
        absences.add(root.resolve("runs/TS"));

        Files.createDirectories(folder.resolve("new/runs/TS"));
        Files.move(root, folder.resolve("old"));
        Files.move(folder.resolve("new"), root);
        settle();

        assertFalse(absences.cover(root.resolve("runs/TS")));
    }

    @Test
    void aDiskThatDoesNotShowChangesIsAskedAgainAfterASecond() throws IOException {
        absences.add(root.resolve("runs/TS"));
        Files.createDirectory(root.resolve("runs/TS"));
        settle();
        assertTrue(absences.cover(root.resolve("runs/TS")));

        nanoTime.set(1_000_000_001);

        assertFalse(absences.cover(root.resolve("runs/TS")));
    }

    @Test
    void aStoreSeesItsOwnWritesOnSuchADisk() throws IOException {
        try (LocalStore store = new LocalStore(root)) {
            assertTrue(store.info("runs/TS/a").isEmpty());
            assertTrue(store.listFolder("runs/TS/").objects().isEmpty());
            assertFalse(store.holds("runs/TS/"));

            store.write("runs/TS/a", new byte[1], WriteCondition.ANY);
            settle();

            assertTrue(store.info("runs/TS/a").isPresent());
            assertEquals(1, store.listFolder("runs/TS/").objects().size());
            assertTrue(store.holds("runs/TS/"));
        }
    }

    @Test
    void aStoreWhoseRootIsMissingHoldsNothingUntilItIsCreated() throws IOException {
        Path missing = folder.resolve("missing");
        Files.setLastModifiedTime(folder, LONG_AGO);
        try (LocalStore store = new LocalStore(missing)) {
            assertTrue(store.info("runs/TS/a").isEmpty());
            assertTrue(store.info("runs/TS/a").isEmpty());

            Files.createDirectories(missing.resolve("runs/TS"));
            Files.write(missing.resolve("runs/TS/a"), new byte[1]);

            assertTrue(store.info("runs/TS/a").isPresent());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDanglingLinkIsNoMissingName() throws IOException {
        Files.createSymbolicLink(root.resolve("runs/TS"), root.resolve("nowhere"));
        settle();
        try (LocalStore store = new LocalStore(root)) {
            for (int i = 0; i < 2; i++) {
                assertThrows(StorageException.class, () -> store.info("runs/TS/a"));
                assertThrows(StorageException.class, () -> store.listFolder("runs/TS/Picks/"));
            }
        }
    }
}
