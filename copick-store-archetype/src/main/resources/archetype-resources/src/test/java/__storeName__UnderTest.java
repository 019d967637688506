package ${package};

import java.nio.file.Path;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;

/**
 * Tells the kit how to open stores on one place, which is empty at first.
 *
 * <p>A place need not be a folder: a new database or a new prefix in a bucket does as well.
 */
record ${storeName}UnderTest(Path folder) implements StoreUnderTest {
    @Override
    public ObjectStore open() {
        return new ${storeName}Store(folder, "");
    }

    @Override
    public Optional<String> url() {
        return Optional.of("${scheme}://" + folder + "!");
    }
}
