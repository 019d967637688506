package org.copick.cli.project;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.copick.cli.output.OutputFile;
import org.copick.config.ProjectConfig;

/**
 * The embedded sample project, unpacked into a folder.
 *
 * <p>Python copick wrote its phantom tomograms and annotations, which are the read-only layer; the overlay is empty. {@code
 * src/sample/make_sample.py} writes the archive.
 */
public record SampleProject(Path folder) {
    private static final String ARCHIVE = "sample.zip";
    private static final String OBJECTS = "objects.json";

    /**
     * Unpacks the sample and writes its configuration, {@code copick.json}. Replaces files of an earlier call and leaves the overlay
     * as it is.
     */
    public static SampleProject unpack(Path folder) throws IOException {
        SampleProject sample = new SampleProject(folder.toAbsolutePath().normalize());
        Files.createDirectories(sample.shared());
        Files.createDirectories(sample.overlay());
        String objects = "";
        try (InputStream archive = Objects.requireNonNull(SampleProject.class.getResourceAsStream(ARCHIVE));
                ZipInputStream entries = new ZipInputStream(archive)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(OBJECTS)) {
                    objects = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
                } else {
                    Path file = sample.folder.resolve(entry.getName());
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(entries, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        ObjectNode config = sample.describe(objects);
        // absolute, because Python resolves relative roots against its working folder
        config.put("static_root", "local://" + sample.shared());
        config.put("overlay_root", "local://" + sample.overlay());
        config.putObject("overlay_fs_args").put("auto_mkdir", true);
        config.putObject("static_fs_args").put("auto_mkdir", false);
        sample.write(config);
        return sample;
    }

    /** Returns a configuration with the shared data as its only root. */
    ProjectConfig sharedAlone() throws IOException {
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree(Files.readString(config()));
        config.set("overlay_root", config.remove("static_root"));
        config.set("overlay_fs_args", config.remove("static_fs_args"));
        return parsed(config);
    }

    /** Returns a configuration with the same objects and one root, which may be empty. */
    ProjectConfig emptyAt(String root, ObjectNode arguments) throws IOException {
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree(Files.readString(config()));
        config.remove("static_root");
        config.remove("static_fs_args");
        config.put("overlay_root", root);
        config.set("overlay_fs_args", arguments);
        return parsed(config);
    }

    /** Rewrites the configuration with other roots for the shared data and the overlay. */
    void moveTo(String shared, String overlay, ObjectNode arguments) throws IOException {
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree(Files.readString(config()));
        config.put("static_root", shared);
        config.put("overlay_root", overlay);
        config.set("static_fs_args", arguments);
        config.set("overlay_fs_args", arguments);
        write(config);
    }

    private void write(ObjectNode config) {
        byte[] json = parsed(config).toJson().getBytes(StandardCharsets.UTF_8);
        OutputFile.at(config()).replace(out -> out.write(json));
    }

    private static ProjectConfig parsed(ObjectNode config) {
        return ProjectConfig.parse(config.toString(), "of the sample");
    }

    Path shared() {
        return folder.resolve("static");
    }

    Path overlay() {
        return folder.resolve("overlay");
    }

    Path config() {
        return folder.resolve("copick.json");
    }

    Path picture() {
        return folder.resolve("slice.png");
    }

    private ObjectNode describe(String objects) throws IOException {
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree(objects);
        config.put("name", "copick demo");
        config.put(
                "description", "Phantom tomograms written by Python copick 1.31, with an overlay for your annotations");
        config.put("user_id", "me");
        config.put("session_id", "1");
        config.put("config_type", ProjectConfig.FILESYSTEM);
        return config;
    }
}
