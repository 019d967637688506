package org.copick.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Test data that Python wrote, unpacked for a test. */
public final class Golden {
    private Golden() {}

    /** Unpacks a corpus and returns its folder. */
    public static Path unpack(String name, Path into) throws IOException {
        Path folder = Files.createDirectories(into.resolve(name));
        try (InputStream archive =
                        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name + ".zip"));
                ZipInputStream entries = new ZipInputStream(archive)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(entries, file);
                }
            }
        }
        return folder;
    }

    /** Writes a configuration from a template, with the paths of the unpacked folder. */
    public static Path config(Path folder, String template) throws IOException {
        Path config = folder.resolve(template.replace(".template", ""));
        String text = Files.readString(folder.resolve(template));
        return Files.writeString(
                config, text.replace("{ROOT}", folder.toString().replace('\\', '/')));
    }
}
