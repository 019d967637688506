package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.ReadOnlyException;
import org.copick.internal.json.JsonTree;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/**
 * A read-only store that shows arrays as Zarr version 2 without compressor, in blocks of a chosen shape. Programs that
 * lack a codec, an element type or Zarr version 3 read every array through it.
 *
 * <p>Nothing is converted in advance: a block is read and decoded when it is requested, from the array's cached chunks
 * if possible. Elements are little-endian in C order; float16 is shown as float32, every other type as it is. Blocks
 * at the end of an axis are padded with zeros. Every block exists, so a reader never sees a fill value instead of an
 * element, and a chunk that cannot be read is an exception.
 *
 * <p><b>Cost.</b> A block costs as much as the region that it covers; see {@link ZarrArray}. Sizes, listings and array
 * metadata cost nothing. The attributes of an array cost what {@link ZarrArray#attributes} says.
 *
 * <p>A view is meant for arrays that do not change while it is used. Every object of a view has the same version, which
 * no other view has, so a cache takes no block of one view for that of another. Closing a view leaves the arrays
 * usable.
 */
public final class PlainView implements ObjectStore {
    private static final String LEAVE = "a plain view only shows what is stored elsewhere; write to the volume itself";

    private final String location;
    private final Version version = new Version("view-" + UUID.randomUUID());
    private final List<PlainArray> arrays;
    /** The attributes of the group that holds the arrays by number; null if the only array lies at the root. */
    private final @Nullable ObjectNode group;

    private final Map<String, byte[]> documents = new HashMap<>();
    private volatile boolean closed;

    private PlainView(String location, List<PlainArray> arrays, @Nullable ObjectNode group) {
        this.location = location;
        this.arrays = arrays;
        this.group = group;
        if (group != null) {
            documents.put(Zarr.V2_GROUP, bytes(MetadataJson.emptyObject().put("zarr_format", 2)));
            documents.put(Zarr.V2_ATTRIBUTES, bytes(group));
        }
        for (int i = 0; i < arrays.size(); i++) {
            documents.put(folder(i) + Zarr.V2_ARRAY, bytes(arrays.get(i).metadata()));
            documents.put(folder(i) + Zarr.V2_ATTRIBUTES, bytes(arrays.get(i).attributes()));
        }
    }

    /**
     * {@return a view of one array, which lies at the root of the view} Reads the array's attributes.
     *
     * @param array the array to show
     * @param blockShape the number of elements of a block along each axis; none for 64 along the last three axes and 1
     *     along the others
     * @throws IllegalArgumentException if the blocks have another number of axes or take more than 2 GiB
     */
    public static PlainView of(ZarrArray array, long... blockShape) {
        return new PlainView(array.location(), List.of(new PlainArray(array, blockShape)), null);
    }

    /**
     * {@return a view of a group of arrays, which are named {@code 0}, {@code 1} and so on} Reads their attributes.
     *
     * @param location the location that the view and its messages show
     * @param attributes the attributes of the group: text, numbers, booleans, lists and maps
     * @param arrays the arrays to show, such as the levels of an image
     * @param blockShape the number of elements of a block along each axis; none for 64 along the last three axes and 1
     *     along the others
     * @throws IllegalArgumentException if the blocks have another number of axes than an array or take more than 2 GiB,
     *     or if an attribute is of another type
     */
    public static PlainView of(String location, Map<String, ?> attributes, List<ZarrArray> arrays, long... blockShape) {
        Objects.requireNonNull(attributes, "attributes");
        Objects.requireNonNull(blockShape, "blockShape");
        Objects.requireNonNull(location, "location");
        return new PlainView(
                location,
                arrays.stream().map(array -> new PlainArray(array, blockShape)).toList(),
                JsonTree.object(attributes));
    }

    private static byte[] bytes(ObjectNode document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String folder(int array) {
        return group == null ? "" : array + "/";
    }

    @Override
    public String location() {
        return location;
    }

    /** {@return a text that no other view has} */
    @Override
    public String identity() {
        return location + " as " + version.value();
    }

    /** {@return no capabilities: the view can be read, and nothing else} */
    @Override
    public Set<StoreCapability> capabilities() {
        return Set.of();
    }

    @Override
    public Optional<StoredObject> read(String key) {
        return info(key).map(info -> new StoredObject(info, content(key)));
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
        Optional<ObjectInfo> info = info(key);
        if (info.isEmpty()) {
            return Optional.empty();
        }
        if (expected != null && !expected.equals(version)) {
            throw new ConflictException("cannot read " + key + " of the plain view of " + location
                    + ": the expected version belongs to another view");
        }
        long size = info.get().size();
        boolean none = ranges.stream().allMatch(range -> range.lengthIn(size) == 0);
        byte[] content = none ? new byte[0] : content(key);
        List<byte[]> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            int start = none ? 0 : (int) range.startIn(size);
            parts.add(Arrays.copyOfRange(content, start, start + (int) range.lengthIn(size)));
        }
        return Optional.of(new RangesRead(info.get(), parts));
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        requireOpen();
        byte[] document = documents.get(Keys.checked(key));
        if (document != null) {
            return Optional.of(new ObjectInfo(key, document.length, version));
        }
        int array = arrayOf(key);
        if (array < 0 || arrays.get(array).indices(blockOf(key)) == null) {
            return Optional.empty();
        }
        return Optional.of(new ObjectInfo(key, arrays.get(array).bytes(), version));
    }

    /** Returns the content of an object that exists. */
    private byte[] content(String key) {
        byte[] document = documents.get(key);
        if (document != null) {
            return document.clone();
        }
        PlainArray array = arrays.get(arrayOf(key));
        long[] indices = array.indices(blockOf(key));
        return indices == null ? new byte[0] : array.read(indices);
    }

    /** Returns the number of the array that a key belongs to, or -1. */
    private int arrayOf(String key) {
        if (group == null) {
            return 0;
        }
        for (int i = 0; i < arrays.size(); i++) {
            if (key.startsWith(folder(i))) {
                return i;
            }
        }
        return -1;
    }

    private String blockOf(String key) {
        return group == null ? key : key.substring(key.indexOf('/') + 1);
    }

    @Override
    public ListPage list(String prefix, @Nullable String after, int limit) {
        requireOpen();
        PlainListing listing = PlainListing.page(Keys.checkedPrefix(prefix), after == null ? null : after, limit);
        list(listing);
        return listing.page(this::listed);
    }

    @Override
    public FolderListing listFolder(String prefix) {
        requireOpen();
        PlainListing listing = PlainListing.folder(Keys.checkedPrefix(prefix));
        list(listing);
        return new FolderListing(listing.keys().stream().map(this::listed).toList(), listing.folders());
    }

    private void list(PlainListing listing) {
        if (group == null) {
            List.of(Zarr.V2_ARRAY, Zarr.V2_ATTRIBUTES).forEach(listing::add);
            listing.addBlocks("", arrays.get(0).grid());
            return;
        }
        List.of(Zarr.V2_ATTRIBUTES, Zarr.V2_GROUP).forEach(listing::add);
        listing.addNumbers("", arrays.size(), (folder, number) -> {
            List.of(folder + Zarr.V2_ARRAY, folder + Zarr.V2_ATTRIBUTES).forEach(listing::add);
            listing.addBlocks(folder, arrays.get(number).grid());
        });
    }

    private ObjectInfo listed(String key) {
        return info(key).orElseThrow();
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        throw refused("write", Keys.checked(key));
    }

    @Override
    public void delete(String key) {
        throw refused("delete", Keys.checked(key));
    }

    @Override
    public void deletePrefix(String prefix) {
        throw refused("delete", Keys.checkedPrefix(prefix));
    }

    private RuntimeException refused(String operation, String key) {
        requireOpen();
        return new ReadOnlyException("cannot " + operation + " " + location + "/" + key + ": " + LEAVE);
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the plain view of " + location + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "plain view of " + location;
    }
}
