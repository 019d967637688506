package org.copick.fs;

import java.nio.file.Path;
import org.copick.tests.LargeImageContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

final class LocalLargeImageTest extends LargeImageContract {
    @TempDir
    private Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new LocalUnderTest(folder);
    }
}
