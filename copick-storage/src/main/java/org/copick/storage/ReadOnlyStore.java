package org.copick.storage;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.copick.error.ReadOnlyException;

/** A read-only view of a store. Closing it leaves the store open. */
public final class ReadOnlyStore extends ForwardingStore {
    private static final Set<StoreCapability> READING = Set.of(
            StoreCapability.FOLDERS,
            StoreCapability.REMOTE,
            StoreCapability.NEARBY,
            StoreCapability.FLAT_LISTING,
            StoreCapability.SEEK_LISTING);

    private final ObjectStore store;
    private final Set<StoreCapability> capabilities;

    /**
     * Creates a read-only view. May cost requests if the store must probe its service for capabilities.
     *
     * @param store the store to read from
     */
    public ReadOnlyStore(ObjectStore store) {
        super(store);
        this.store = store;
        EnumSet<StoreCapability> reading = EnumSet.noneOf(StoreCapability.class);
        for (StoreCapability capability : READING) {
            if (store.can(capability)) {
                reading.add(capability);
            }
        }
        this.capabilities = Set.copyOf(reading);
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return capabilities;
    }

    @Override
    public boolean can(StoreCapability capability) {
        return capabilities.contains(capability);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        throw refused("write", Keys.checked(key));
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        throw refused("write", Keys.checked(key));
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        throw refused("write", Keys.checked(target));
    }

    @Override
    public void delete(String key) {
        throw refused("delete", Keys.checked(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        keys.forEach(this::delete);
    }

    @Override
    public void deletePrefix(String prefix) {
        throw refused("delete", Keys.checkedPrefix(prefix));
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        throw refused("replace", Keys.checkedPrefix(prefix));
    }

    @Override
    public void forEach(String prefix, Consumer<ObjectInfo> action) {
        store.forEach(prefix, action);
    }

    @Override
    public void close() {}

    private ReadOnlyException refused(String operation, String key) {
        return new ReadOnlyException("cannot " + operation + " " + store.location() + "/" + key
                + ": it lies in a read-only layer; make a copy in the overlay instead");
    }
}
