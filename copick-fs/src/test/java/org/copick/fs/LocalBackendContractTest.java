package org.copick.fs;

import java.nio.file.Path;
import java.util.Map;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.storage.StoreAddress;
import org.copick.tests.BackendContract;
import org.junit.jupiter.api.io.TempDir;

final class LocalBackendContractTest extends BackendContract {
    @TempDir
    private Path folder;

    @Override
    protected Backend openEmpty() {
        StoreAddress address = new StoreAddress(folder.resolve("root").toString(), Map.of(), null);
        return new LayoutBackend(new LocalStorageProvider().open(address), "overlay", false);
    }
}
