package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.cli.Main;
import org.copick.cli.project.SampleProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a closed pipe ends every command silently, and a full disk with a message. */
final class ClosedPipeTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        SampleProject.unpack(folder);
        config = folder.resolve("copick.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "ls --json",
                "ls --long",
                "info",
                "info --json",
                "stats picks",
                "manifest",
                "manifest --all-layers",
                "validate --json",
                "--help",
                "ls --help",
                "--version"
            })
    void endsQuietly(String command) {
        Gone pipe = new Gone("Broken pipe", 0);
        String[] arguments = command.startsWith("-") || command.endsWith("help")
                ? command.split(" ")
                : (command + " -c " + config).split(" ");

        assertEquals(ExitStatus.PIPE_CLOSED, run(pipe, arguments));
        assertEquals("", pipe.err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void stopsWhereTheReaderStopped() throws IOException {
        for (int i = 0; i < 5000; i++) {
            Files.createDirectories(folder.resolve("overlay/ExperimentRuns/R" + i));
        }
        Gone pipe = new Gone("Broken pipe", 8192);

        assertEquals(ExitStatus.PIPE_CLOSED, run(pipe, "ls", "-c", config.toString()));
        assertTrue(pipe.attempts <= 3, () -> pipe.attempts + " writes into the void");
    }

    @Test
    void theReasonMayBeInAnyLanguage() {
        Gone pipe = new Gone("Tubería rota", 0);
        pipe.isPipe = true;

        assertEquals(ExitStatus.PIPE_CLOSED, run(pipe, "ls", "-c", config.toString()));
    }

    @Test
    void aFullDiskIsAFailure() {
        Gone disk = new Gone("No space left on device", 0);

        assertEquals(ExitStatus.FAILED, run(disk, "ls", "-c", config.toString()));
        assertEquals(
                "copick: cannot write to standard output: No space left on device; write to a file elsewhere"
                        + System.lineSeparator(),
                disk.err.toString(StandardCharsets.UTF_8));
    }

    private static int run(Gone out, String... arguments) {
        Screen screen = new Screen(out, out.err, new StandardStreams(false, false, out.isPipe));
        return Main.run(screen.out(), screen.err(), arguments);
    }

    /** A stream that fails after a number of bytes. */
    private static final class Gone extends OutputStream {
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final String reason;
        private int left;
        private int attempts;
        private boolean isPipe;

        Gone(String reason, int left) {
            this.reason = reason;
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            left -= length;
            if (left < 0) {
                attempts++;
                throw new IOException(reason);
            }
        }
    }
}
