package org.example.zip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;

/** An archive that does not exist yet. */
final class ZipUnderTest implements StoreUnderTest {
    private final Path file;
    private final Map<String, byte[]> contents = new TreeMap<>();

    ZipUnderTest(Path folder) {
        this.file = folder.resolve("archive.zip");
    }

    @Override
    public ObjectStore open() {
        return new ZipStore(file, "");
    }

    /** Rewrites the archive, because the store cannot write. */
    @Override
    public void fill(Map<String, byte[]> objects) throws IOException {
        objects.forEach((key, bytes) -> contents.put(key, bytes.clone()));
        Path written = file.resolveSibling("next.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(written))) {
            for (Map.Entry<String, byte[]> object : contents.entrySet()) {
                zip.putNextEntry(new ZipEntry(object.getKey()));
                zip.write(object.getValue());
            }
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Optional<String> url() {
        return Optional.of("zip://" + file + "!");
    }
}
