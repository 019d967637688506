package org.example.folder;

import java.nio.file.Path;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;

/** Tells the kit how to open stores on one place, which is empty at first. */
record FolderUnderTest(Path folder) implements StoreUnderTest {
    @Override
    public ObjectStore open() {
        return new FolderStore(folder, "");
    }

    @Override
    public Optional<String> url() {
        return Optional.of("flat://" + folder + "!");
    }
}
