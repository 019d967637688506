package org.example.folder;

import java.nio.file.Path;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new FolderUnderTest(folder.resolve("objects"));
    }
}
