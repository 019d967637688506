package org.copick.overlay;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Tests volumes on the local disk, which replaces all objects below a prefix atomically. */
final class LocalVolumesTest extends VolumesContract {
    LocalVolumesTest(@TempDir Path folder) {
        super(folder.toString().replace('\\', '/'));
    }
}
