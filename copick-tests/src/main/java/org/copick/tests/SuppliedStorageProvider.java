package org.copick.tests;

import java.util.Set;
import java.util.function.Supplier;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;

/** Opens the URLs of {@link SuppliedStores}, and folders below them. */
public final class SuppliedStorageProvider implements StorageProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public SuppliedStorageProvider() {}

    @Override
    public String name() {
        return "stores of a running test";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("supplied");
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        String path = address.path().replaceFirst("/+$", "");
        int slash = path.indexOf('/');
        ObjectStore store = SuppliedStores.open(slash < 0 ? path : path.substring(0, slash));
        return slash < 0 ? store : new Below(store, path.substring(slash + 1) + "/");
    }

    /** A part of a store. Unlike {@code PrefixStore} it closes the whole store when it is closed. */
    private static final class Below extends InterceptingStore {
        private final ObjectStore all;

        Below(ObjectStore all, String prefix) {
            super(new PrefixStore(all, prefix));
            this.all = all;
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            return operation.get();
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
