package org.copick.tests.disk;

import java.nio.file.Path;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.junit.jupiter.api.io.TempDir;

final class CachedBackendTest extends BackendContract {
    @TempDir
    private Path folder;

    @Override
    protected Backend openEmpty() {
        return new LayoutBackend(new CachedUnderTest(folder).open(), "overlay", false);
    }
}
