package ${package};

import java.nio.file.Path;
import org.copick.tests.OverlayContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class ${storeName}OverlayTest extends OverlayContract {
    @TempDir
    Path folder;

    /** Returns the writable place of the overlay. */
    @Override
    protected StoreUnderTest newStore() {
        return new ${storeName}UnderTest(folder.resolve("overlay"));
    }

    /** Returns the place of the shared layer below it, which the contract fills and then only reads. */
    @Override
    protected StoreUnderTest newShared() {
        return new ${storeName}UnderTest(folder.resolve("shared"));
    }
}
