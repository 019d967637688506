package org.copick.fs;

import java.nio.file.Path;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreContractTest extends ObjectStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new LocalUnderTest(folder);
    }
}
