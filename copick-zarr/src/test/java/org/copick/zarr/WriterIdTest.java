package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that nobody takes a running writer for one that has ended, and then deletes what it writes. */
@Timeout(60)
class WriterIdTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessRunsWhateverItsName() throws IOException {
        Path name = Path.of("/proc/self/comm");
        String writer = WriterId.next();
        StagedName.Writer before = WriterId.state(writer);
        assumeTrue(Files.isWritable(name) && before == StagedName.Writer.RUNNING);
        byte[] usual = Files.readAllBytes(name);
        try {
            // Linux cuts names after 15 bytes, also within a character
            Files.write(name, new byte[] {'P', 'r', (byte) 0xc3});
            assertEquals(StagedName.Writer.RUNNING, WriterId.state(writer));
        } finally {
            Files.write(name, usual);
        }
    }

    /** A killed process is a zombie until its parent, or process 1 of a container, asks for its result. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aZombieHasEnded() throws IOException, InterruptedException {
        String[] own = WriterId.next().split("-", -1);
        assumeTrue(WriterId.state(String.join("-", own)) == StagedName.Writer.RUNNING);
        // sleep replaces the shell, and does not ask for the results of its child
        Process parent = new ProcessBuilder("sh", "-c", "sleep 100 & echo $!; exec sleep 100").start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            long child = Long.parseLong(output.readLine());
            Path state = Path.of("/proc/" + child + "/stat");
            String[] fields = Files.readString(state).split(" ", -1);
            String start = Long.toString(Long.parseLong(fields[21]), 36);
            String writer = own[0] + "-" + Long.toString(child, 36) + "-" + start + "-0";
            assertEquals(StagedName.Writer.RUNNING, WriterId.state(writer));
            // until then a shell is the parent, and may ask
            await(Path.of("/proc/" + parent.pid() + "/comm"), "sleep");

            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            await(state, ") Z ");

            assertEquals(StagedName.Writer.GONE, WriterId.state(writer));
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static void await(Path file, String text) throws IOException, InterruptedException {
        while (!Files.readString(file).contains(text)) {
            Thread.sleep(1);
        }
    }

    @Test
    void aProcessThatDidNotKnowItsStartMayRun() {
        String own = WriterId.next();
        String[] parts = own.split("-", -1);
        String without = parts[0] + "-" + parts[1] + "-0-" + parts[3];

        assertEquals(StagedName.Writer.UNKNOWN, WriterId.state(without));
    }
}
