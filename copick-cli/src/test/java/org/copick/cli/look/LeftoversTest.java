package org.copick.cli.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.VolumeData;
import org.copick.cli.Called;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that leftovers of a killed import are deleted, and files of a running import are kept. */
final class LeftoversTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");
    private @Nullable Process running;

    /** A program whose import never ends. */
    public static final class Program {
        public static void main(String[] arguments) {
            try (Root root = Copick.open(Path.of(arguments[0]))) {
                write(
                        root,
                        arguments[1],
                        VolumeData.of(
                                org.copick.zarr.DataType.FLOAT32,
                                (box, into) -> {
                                    if (box.start(0) > 0) {
                                        while (true) {
                                            sleep();
                                        }
                                    }
                                },
                                2048,
                                64,
                                64));
            }
        }

        private static void sleep() {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void project() throws IOException {
        config = Files.writeString(
                folder.resolve("copick.json"), "{\"overlay_root\": \"overlay\", \"pickable_objects\": []}");
    }

    @AfterEach
    void end() {
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Test
    void aRerunDeletesWhatAKilledImportLeft() throws Exception {
        begin("wbp");
        kill();
        assertEquals(1, staged().size());

        try (Root root = Copick.open(config)) {
            write(root, "other", VolumeData.of(new float[8], 2, 2, 2));
            assertEquals(1, staged().size(), "it is of another image");
            write(root, "wbp", VolumeData.of(new float[8], 2, 2, 2));
        }
        assertEquals(List.of(), staged());
        assertEquals(0, Called.copick("validate", "-c", config).status());
    }

    @Test
    void repairDeletesWhatAKilledImportLeft() throws Exception {
        begin("wbp");
        kill();

        Called found = Called.copick("validate", "-c", config);
        assertEquals(1, found.status());
        assertTrue(found.out().contains(".staged\tleft by a writer"), found::out);
        assertTrue(found.out().contains("--repair deletes it"), found::out);

        Called repaired = Called.copick("validate", "--repair", "-c", config);
        assertEquals(0, repaired.status(), repaired::out);
        assertTrue(repaired.err().contains("deleted"), repaired::err);
        assertEquals(List.of(), staged());
    }

    @Test
    void aRunningImportIsLeftAlone() throws Exception {
        begin("wbp");

        Called repaired = Called.copick("validate", "--repair", "-c", config);
        assertTrue(repaired.out().contains("is being written by a running program"), repaired::out);
        try (Root root = Copick.open(config)) {
            write(root, "wbp", VolumeData.of(new float[8], 2, 2, 2));
        }
        assertEquals(1, staged().size());
        assertTrue(Objects.requireNonNull(running).isAlive());
    }

    @Test
    void whatAProgramElsewhereWritesIsLeftAloneForAnHour() throws IOException {
        Path elsewhere =
                folder.resolve("overlay/ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr.fedcba98-1k-lx2k9f3a-0.staged");
        Path unnamed = elsewhere.resolveSibling("wbp.zarr.99aabb.staged");
        for (Path staged : List.of(elsewhere, unnamed)) {
            Files.createDirectories(staged.resolve("0"));
            Files.writeString(staged.resolve("0/0"), "begun");
        }
        Called fresh = Called.copick("validate", "--repair", "-c", config);
        assertEquals(1, fresh.status());
        assertTrue(fresh.out().contains("or in use on another machine"), fresh::out);
        assertEquals(2, staged().size());

        try (Stream<Path> all = Files.walk(unnamed)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(
                        path,
                        FileTime.from(Instant.now().minus(Leftovers.SILENCE).minusSeconds(60)));
            }
        }
        Called.copick("validate", "--repair", "-c", config);
        assertFalse(Files.exists(unnamed));
        assertTrue(Files.exists(elsewhere));
    }

    private static void write(Root root, String type, VolumeData data) {
        root.newRun("TS_1", OnExisting.REUSE)
                .newVoxelSpacing(10, OnExisting.REUSE)
                .newTomogram(type, data);
    }

    private void begin(String type) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        config.toString(),
                        type)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        running = process;
        for (int i = 0; i < 1000 && staged().isEmpty() && process.isAlive(); i++) {
            Thread.sleep(20);
        }
        assertTrue(process.isAlive(), () -> "see " + folder.resolve("output"));
    }

    private void kill() throws InterruptedException {
        Process process = Objects.requireNonNull(running);
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }

    private List<Path> staged() throws IOException {
        Path run = folder.resolve("overlay/ExperimentRuns/TS_1/VoxelSpacing10.000");
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(file -> file.toString().endsWith(".staged")).toList();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
