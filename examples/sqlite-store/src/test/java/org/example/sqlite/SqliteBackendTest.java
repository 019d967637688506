package org.example.sqlite;

import java.nio.file.Path;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.tests.BackendContract;
import org.junit.jupiter.api.io.TempDir;

class SqliteBackendTest extends BackendContract {
    @TempDir
    Path folder;

    @Override
    protected Backend openEmpty() {
        return new LayoutBackend(new SqliteStore(folder.resolve("objects.db"), ""), "overlay", false);
    }
}
