package org.copick.overlay;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On the local disk, where what is complete is exchanged at once. */
final class LocalVolumesTest extends VolumesContract {
    LocalVolumesTest(@TempDir Path folder) {
        super(folder.toString().replace('\\', '/'));
    }
}
