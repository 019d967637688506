package org.copick.tests.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.copick.storage.disk.DiskCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests several processes with one folder that see different versions of the same objects and are killed. */
class DiskCacheProcessesTest {
    private static final long LITTLE = 1 << 20;
    private static final int FOR_EVER = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    @Test
    void processesThatShareAFolderReadNothingButWhatIsStored() throws Exception {
        try (CacheProcess one = new CacheProcess(folder, LITTLE, 1, 1000);
                CacheProcess two = new CacheProcess(folder, LITTLE, 2, 1000)) {
            one.awaitReading();
            two.awaitReading();
            CacheProcess.read(DiskCache.in(folder, 2 * LITTLE), 3, 500);
            assertEquals(" with hits", one.result());
            assertEquals(" with hits", two.result());
        }
        // each of three processes may have written a sixteenth of the maximum size that the others have not seen yet
        assertTrue(KeptFiles.bytes(folder) <= 2 * LITTLE + LITTLE / 2, () -> "" + folder);
    }

    @Test
    void aKilledProcessLeavesNothingThatIsReadWrongly() throws Exception {
        for (int kill = 0; kill < 4; kill++) {
            try (CacheProcess process = new CacheProcess(folder, 4 * LITTLE, kill, FOR_EVER)) {
                process.awaitReading();
                CacheProcess.pause();
            }
            CacheProcess.read(DiskCache.in(folder, 4 * LITTLE), 100 + kill, 300);
        }
    }
}
