package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that nobody takes a running writer for one that has ended, and then deletes what it writes. */
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

    @Test
    void aProcessThatDidNotKnowItsStartMayRun() {
        String own = WriterId.next();
        String[] parts = own.split("-", -1);
        String without = parts[0] + "-" + parts[1] + "-0-" + parts[3];

        assertEquals(StagedName.Writer.UNKNOWN, WriterId.state(without));
    }
}
