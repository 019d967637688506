package ${package};

import java.nio.file.Path;
import org.copick.tests.ProjectContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class ${storeName}ProjectTest extends ProjectContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new ${storeName}UnderTest(folder.resolve("objects"));
    }
}
