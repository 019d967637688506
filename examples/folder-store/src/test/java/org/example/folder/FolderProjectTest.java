package org.example.folder;

import java.nio.file.Path;
import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class FolderProjectTest extends ProjectContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new FolderUnderTest(folder.resolve("objects"));
    }
}
