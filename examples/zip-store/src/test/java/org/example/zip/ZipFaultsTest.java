package org.example.zip;

import java.nio.file.Path;
import org.copick.tests.FaultContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class ZipFaultsTest extends FaultContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new ZipUnderTest(folder);
    }
}
