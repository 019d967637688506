package org.example.zip;

import java.nio.file.Path;
import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class ZipProjectTest extends ProjectContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new ZipUnderTest(folder);
    }
}
