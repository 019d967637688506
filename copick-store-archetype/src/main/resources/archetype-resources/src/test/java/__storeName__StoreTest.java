package ${package};

import java.nio.file.Path;
import org.copick.tests.ObjectStoreContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class ${storeName}StoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new ${storeName}UnderTest(folder.resolve("objects"));
    }
}
