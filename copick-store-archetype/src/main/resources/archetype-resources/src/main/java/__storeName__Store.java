package ${package};

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/**
 * Keeps the objects of copick projects in a new kind of storage.
 *
 * <p>The Javadoc of {@link ObjectStore} says what each method promises. The sections that the exceptions name are those
 * of docs/backend-authors.md in copick's sources.
 */
public final class ${storeName}Store implements ObjectStore {
    private final Path folder;
    private final String prefix;

    /**
     * Opens a store; the first write creates the place.
     *
     * @param folder the place of all objects; replace it by what your storage needs
     * @param prefix what all keys begin with in the place: empty, or ending with {@code /}
     */
    public ${storeName}Store(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    private UnsupportedOperationException unwritten(String method, String section) {
        return new UnsupportedOperationException("${storeName}Store." + method + " is not written yet for \"" + prefix
                + "\" in " + folder + "; see the section \"" + section + "\" of docs/backend-authors.md");
    }

    @Override
    public String location() {
        throw unwritten("location", "The URL");
    }

    @Override
    public Set<StoreCapability> capabilities() {
        throw unwritten("capabilities", "Capabilities");
    }

    @Override
    public Optional<StoredObject> read(String key) {
        throw unwritten("read", "The store");
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, Version expected) {
        throw unwritten("readRanges", "The store");
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        throw unwritten("info", "The store");
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        throw unwritten("write", "The store");
    }

    @Override
    public void delete(String key) {
        throw unwritten("delete", "The store");
    }

    @Override
    public void deletePrefix(String below) {
        throw unwritten("deletePrefix", "The store");
    }

    @Override
    public ListPage list(String below, String after, int limit) {
        throw unwritten("list", "The store");
    }

    @Override
    public FolderListing listFolder(String below) {
        throw unwritten("listFolder", "The store");
    }

    /** Releases nothing yet; when the store is written, every later call throws {@code ClosedException}. */
    @Override
    public void close() {}
}
