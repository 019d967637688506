package org.copick.fs;

import java.nio.file.Path;
import java.util.Map;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.tests.ObjectStoreContract;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreContractTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    @Override
    protected ObjectStore openStore() {
        return reopen();
    }

    @Override
    protected ObjectStore reopen() {
        String url = folder.resolve("not yet/there").toString();
        return new LocalStorageProvider().open(new StoreAddress(url, Map.of(), null));
    }

    @Override
    public boolean canHold(String key) {
        return Names.problem(key, Names.WINDOWS).isEmpty();
    }
}
