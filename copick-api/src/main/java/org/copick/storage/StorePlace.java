package org.copick.storage;

/**
 * All that lies below a prefix of a store, for those who replace it as a whole.
 *
 * @param prefix empty for all of the store, or ending with {@code /}
 */
public record StorePlace(ObjectStore store, String prefix) {
    public StorePlace {
        Keys.checkedPrefix(prefix);
    }

    /** What is there, as a store of its own. */
    public ObjectStore scoped() {
        return new PrefixStore(store, prefix);
    }

    /** Where it is, as a path or URL. */
    public String location() {
        return scoped().location();
    }

    @Override
    public String toString() {
        return location();
    }
}
