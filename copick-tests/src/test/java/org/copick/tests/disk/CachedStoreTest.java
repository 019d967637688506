package org.copick.tests.disk;

import java.nio.file.Path;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

final class CachedStoreTest extends ObjectStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new CachedUnderTest(folder);
    }
}
