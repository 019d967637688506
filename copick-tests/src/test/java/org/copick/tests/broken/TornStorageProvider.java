package org.copick.tests.broken;

import java.nio.file.Path;
import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.tests.broken.TornStore.Defect;

/** Opens {@code torn://DEFECT/path/to/folder!} and folders below it, in any process of the tests. */
public final class TornStorageProvider implements StorageProvider {
    @Override
    public String name() {
        return "stores that a crash tears";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("torn");
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        String[] parts = address.path().split("/", 2);
        String[] inside = parts[1].split("!/?", 2);
        Defect defect = Defect.valueOf(parts[0]);
        TornStore store = new TornStore(defect, Path.of("/" + inside[0]));
        boolean whole = inside.length < 2 || inside[1].isEmpty() || defect == Defect.WHOLE_PLACE;
        return whole ? store : new PrefixStore(store, inside[1] + "/");
    }
}
