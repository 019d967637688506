package org.example.overlays;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;

/** An archive that is filled once. */
final class ZippedUnderTest implements StoreUnderTest {
    private final Path file;

    ZippedUnderTest(Path file) {
        this.file = file;
    }

    @Override
    public ObjectStore open() {
        return new UrlUnderTest("zip://" + file + "!").open();
    }

    @Override
    public void fill(Map<String, byte[]> objects) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> object : objects.entrySet()) {
                zip.putNextEntry(new ZipEntry(object.getKey()));
                zip.write(object.getValue());
            }
        }
    }

    @Override
    public Optional<String> url() {
        return Optional.of("zip://" + file + "!");
    }
}
