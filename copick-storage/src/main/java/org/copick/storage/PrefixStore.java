package org.copick.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.copick.error.InvalidNameException;
import org.jspecify.annotations.Nullable;

/** A view of the objects below a prefix of a store, with keys relative to it. Closing it leaves the store open. */
public final class PrefixStore implements ObjectStore {
    private final ObjectStore store;
    private final String prefix;

    /**
     * Creates a view of the keys below a prefix.
     *
     * @param store the store with all keys
     * @param prefix empty for all keys, or ending with {@code /}
     * @throws InvalidNameException if the prefix is invalid
     */
    public PrefixStore(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = Keys.checkedPrefix(prefix);
    }

    @Override
    public String location() {
        return prefix.isEmpty() ? store.location() : store.location() + "/" + prefix.substring(0, prefix.length() - 1);
    }

    @Override
    public Optional<String> endpoint() {
        return store.endpoint();
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return store.capabilities();
    }

    @Override
    public boolean can(StoreCapability capability) {
        return store.can(capability);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return store.read(full(key)).map(object -> new StoredObject(own(object.info()), object.bytes()));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        return store.readRanges(full(key), ranges, expected)
                .map(read -> new RangesRead(own(read.info()), read.parts()));
    }

    @Override
    public Optional<ObjectInfo> readInto(String key, ByteRange range, @Nullable Version expected, byte[] into) {
        return store.readInto(full(key), range, expected, into).map(this::own);
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        return store.info(full(key)).map(this::own);
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        return own(store.write(full(key), bytes, condition));
    }

    @Override
    public ObjectWriter writer(String key, WriteCondition condition) {
        ObjectWriter writer = store.writer(full(key), condition);
        return new ForwardedWriter(writer) {
            @Override
            public ObjectInfo complete() {
                return own(super.complete());
            }
        };
    }

    @Override
    public void copy(ObjectInfo object, String target) {
        store.copy(new ObjectInfo(full(object.key()), object.size(), object.version()), full(target));
    }

    @Override
    public void delete(String key) {
        store.delete(full(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        store.deleteAll(keys.stream().map(this::full).toList());
    }

    @Override
    public void deletePrefix(String below) {
        if (below.isEmpty()) {
            throw new InvalidNameException("cannot delete everything in " + location() + ": name a prefix");
        }
        store.deletePrefix(prefix + Keys.checkedPrefix(below));
    }

    @Override
    public void replacePrefix(String staged, String below, WriteCondition condition) {
        if (staged.isEmpty() || below.isEmpty()) {
            throw new InvalidNameException("cannot replace everything in " + location() + ": name both prefixes");
        }
        store.replacePrefix(prefix + Keys.checkedPrefix(staged), prefix + Keys.checkedPrefix(below), condition);
    }

    @Override
    public void forEach(String below, Consumer<ObjectInfo> action) {
        store.forEach(prefix + Keys.checkedPrefix(below), object -> action.accept(own(object)));
    }

    @Override
    public ListPage list(String below, @Nullable String after, int limit) {
        ListPage page = store.list(prefix + Keys.checkedPrefix(below), after == null ? null : prefix + after, limit);
        return new ListPage(
                page.objects().stream().map(this::own).toList(),
                page.folders().stream()
                        .filter(folder -> folder.length() > prefix.length())
                        .map(folder -> folder.substring(prefix.length()))
                        .toList(),
                page.complete());
    }

    @Override
    public FolderListing listFolder(String below) {
        FolderListing level = store.listFolder(prefix + Keys.checkedPrefix(below));
        return new FolderListing(
                level.objects().stream().map(this::own).toList(),
                level.prefixes().stream().map(p -> p.substring(prefix.length())).toList());
    }

    @Override
    public boolean holds(String below) {
        if (below.isEmpty()) {
            throw new InvalidNameException("cannot look for everything in " + location() + ": name a prefix");
        }
        return store.holds(prefix + Keys.checkedPrefix(below));
    }

    @Override
    public void close() {}

    private String full(String key) {
        return prefix + Keys.checked(key);
    }

    private ObjectInfo own(ObjectInfo info) {
        return new ObjectInfo(info.key().substring(prefix.length()), info.size(), info.version());
    }

    /** Returns the location of this view. */
    @Override
    public String toString() {
        return location();
    }
}
