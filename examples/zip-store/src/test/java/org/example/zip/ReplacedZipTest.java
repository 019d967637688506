package org.example.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.copick.error.ClosedException;
import org.copick.error.CorruptDataException;
import org.copick.storage.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests archives that change, and stores that are closed, during reads. */
class ReplacedZipTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a"));
            zip.write(CONTENT);
        }
    }

    @Test
    void anArchiveThatComesBackAfterADamagedOneIsReadAgain() throws IOException {
        Path aside = folder.resolve("aside.zip");
        try (ObjectStore store = new ZipStore(file, "")) {
            assertArrayEquals(CONTENT, store.read("a").orElseThrow().bytes());
            Files.move(file, aside);
            Files.writeString(file, "no archive");
            assertThrows(CorruptDataException.class, () -> store.read("a"));
            Files.delete(file);
            Files.move(aside, file);
            assertArrayEquals(CONTENT, store.read("a").orElseThrow().bytes());
        }
    }

    /** Checks that a call that began before the store was closed does not reopen the file, which nobody would close. */
    @Test
    void aClosedArchiveIsNotOpenedAgain() {
        Archive archive = new Archive(file, "");
        archive.close();
        assertThrows(ClosedException.class, () -> archive.with(NavigableMap::size));
    }

    @Test
    void closingWaitsForARunningCall() throws Exception {
        Archive archive = new Archive(file, "");
        Thread closing = new Thread(archive::close);
        byte[] read = archive.with(index -> {
            closing.start();
            while (closing.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return archive.bytes(index.get("a"));
        });
        closing.join();
        assertArrayEquals(CONTENT, read);
    }
}
