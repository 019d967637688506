package org.copick.fs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.tests.StoreUnderTest;

/** A local store in a folder that does not exist yet. */
final class LocalUnderTest implements StoreUnderTest {
    private final String url;

    LocalUnderTest(Path folder) {
        this.url = folder.resolve("not yet/there").toString();
    }

    @Override
    public ObjectStore open() {
        return new LocalStorageProvider().open(new StoreAddress(url, Map.of(), null));
    }

    @Override
    public boolean canHold(String key) {
        return Names.problem(key, Names.WINDOWS).isEmpty();
    }

    @Override
    public Optional<String> url() {
        return Optional.of(url);
    }
}
