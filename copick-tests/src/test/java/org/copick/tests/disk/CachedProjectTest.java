package org.copick.tests.disk;

import java.nio.file.Path;
import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

final class CachedProjectTest extends ProjectContract {
    @TempDir
    private Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new CachedUnderTest(folder);
    }
}
