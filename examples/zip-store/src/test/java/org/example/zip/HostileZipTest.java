package org.example.zip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests invalid and malicious archives. */
class HostileZipTest {
    private static final byte[] CONTENT = "some content ".repeat(500).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("archive.zip");
        write("a/b.json", "../outside", "/absolute", "a//b", "a/", "./x", "a\\b");
    }

    private void write(String... names) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(CONTENT);
                }
            }
        }
    }

    @Test
    void entriesThatAreNoKeysAreNotSeen() {
        try (ObjectStore store = new ZipStore(file, "")) {
            assertEquals(
                    List.of("a/b.json", "a\\b"),
                    store.list("", null, 10).objects().stream()
                            .map(ObjectInfo::key)
                            .toList());
        }
        try (ObjectStore store = new ZipStore(file, "a/")) {
            assertTrue(store.read("b.json").isPresent());
        }
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        write("a/b.json", "a/c.json");
        byte[] zip = Files.readAllBytes(file);
        for (int i = 0; i < zip.length - 8; i++) {
            if (new String(zip, i, 8, StandardCharsets.ISO_8859_1).equals("a/c.json")) {
                zip[i + 2] = 'b';
            }
        }
        Files.write(file, zip);
        try (ObjectStore store = new ZipStore(file, "")) {
            assertThrows(CorruptDataException.class, () -> store.info("a/b.json"));
        }
    }

    @Test
    void anEntryThatClaimsToBeHugeIsRefused() throws IOException {
        write("bomb");
        ByteBuffer zip = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < zip.limit() - 4; i++) {
            if (zip.getInt(i) == 0x02014b50) {
                zip.putInt(i + 24, 2_000_000_000);
            }
        }
        Files.write(file, zip.array());
        try (ObjectStore store = new ZipStore(file, "")) {
            String message = assertThrows(CorruptDataException.class, () -> store.read("bomb"))
                    .getMessage();
            assertTrue(message.contains("bomb") && message.contains("2000000000"), message);
        }
    }

    /** Checks an entry with a wrong compressed size: only the length of the file can be trusted. */
    @Test
    void anEntryThatClaimsMoreThanTheFileHoldsIsRefused() throws IOException {
        write("bomb");
        ByteBuffer zip = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < zip.limit() - 4; i++) {
            if (zip.getInt(i) == 0x02014b50) {
                zip.putInt(i + 20, 2_000_000);
                zip.putInt(i + 24, 2_000_000_000);
            }
        }
        Files.write(file, zip.array());
        try (ObjectStore store = new ZipStore(file, "")) {
            String message = assertThrows(CorruptDataException.class, () -> store.read("bomb"))
                    .getMessage();
            assertTrue(message.contains("cannot have as many bytes as it says"), message);
        }
    }

    @Test
    void damagedArchivesGiveTheContentOrAnException() throws IOException {
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            if (i % 4 == 0) {
                bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
            } else {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path damaged = folder.resolve("damaged" + i + ".zip");
            Files.write(damaged, bad);
            try (ObjectStore store = new ZipStore(damaged, "")) {
                store.read("a/b.json")
                        .ifPresent(read -> assertEquals(
                                new String(CONTENT, StandardCharsets.UTF_8),
                                new String(read.bytes(), StandardCharsets.UTF_8)));
            } catch (CopickException e) {
                refused++;
            }
            Files.delete(damaged);
        }
        assertTrue(refused > 500, refused + " refused");
    }
}
