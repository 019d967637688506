package org.copick.zarrjava;

import dev.zarr.zarrjava.store.Store;
import dev.zarr.zarrjava.store.StoreHandle;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.copick.Volume;
import org.copick.VolumeEntity;
import org.copick.storage.ByteRange;
import org.copick.storage.Keys;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;
import org.copick.zarr.PlainView;
import org.jspecify.annotations.Nullable;

/**
 * A store of zarr-java on a store of copick, such as that of a tomogram.
 *
 * <p>One line opens a level: {@code Array.open(CopickStore.of(tomogram).resolve("0"))}.
 *
 * <p>An absent object is null, as zarr-java expects. Every failure is an exception of {@link org.copick.error}, never
 * null: zarr-java takes null for a chunk of fill values. The segments of keys are joined by {@code /}; keys that
 * {@link Keys} does not allow throw {@link org.copick.error.InvalidNameException}.
 *
 * <p><b>Cost.</b> Every call costs one request. zarr-java asks whether a chunk exists and then reads all of it, or the
 * index and single chunks of a shard, and caches nothing.
 *
 * <p>Like the store below, this one may be used from any thread. It needs no closing: a caller closes the store that it
 * gave, and stores of volumes are closed with their project.
 *
 * <p>Groups cannot be listed, because the methods for this differ between versions of zarr-java. Open levels by
 * {@linkplain org.copick.Level#path their names} instead.
 */
public final class CopickStore implements Store {
    /** The end of an object, in {@link #getInputStream}. */
    private static final long TO_THE_END = -1;

    private final ObjectStore store;

    private CopickStore(ObjectStore store) {
        this.store = store;
    }

    /**
     * {@return a store of zarr-java with the objects of a store}
     *
     * @param store any store, which the caller keeps open
     */
    public static CopickStore of(ObjectStore store) {
        return new CopickStore(store);
    }

    /**
     * {@return the stored objects of a volume, writable only if its layer is}
     *
     * <p>Written data appears in the volume when it is opened again. The other levels do not change.
     *
     * @param volume the volume of a tomogram, features, segmentation or object
     */
    public static CopickStore of(Volume volume) {
        return of(volume.store());
    }

    /**
     * {@return the stored objects of the entity's volume, writable only if its layer is}
     *
     * <p>See {@link #of(Volume)}.
     *
     * @param entity a tomogram, features or a segmentation
     */
    public static CopickStore of(VolumeEntity entity) {
        return of(entity.volume());
    }

    /**
     * {@return a read-only view of a volume that zarr-java reads whatever its codecs and element types}
     *
     * <p>The levels are named {@code 0}, {@code 1} and so on. They are decoded by copick and shown in blocks without
     * compressor; float16 becomes float32. See {@link PlainView}.
     *
     * @param volume the volume to show
     * @param blockShape the number of elements of a block along each axis; none for 64 along z, y and x
     * @throws IllegalArgumentException if the blocks do not have the axes of the levels, or take more than 2 GiB
     */
    public static CopickStore plain(Volume volume, long... blockShape) {
        return of(volume.plainView(blockShape));
    }

    /**
     * {@return a read-only view of the entity's volume that zarr-java reads whatever its codecs and element types}
     *
     * <p>See {@link #plain(Volume, long...)}.
     *
     * @param entity a tomogram, features or a segmentation
     * @param blockShape the number of elements of a block along each axis; none for 64 along z, y and x
     * @throws IllegalArgumentException if the blocks do not have the axes of the levels, or take more than 2 GiB
     */
    public static CopickStore plain(VolumeEntity entity, long... blockShape) {
        return plain(entity.volume(), blockShape);
    }

    @Override
    public boolean exists(String[] keys) {
        return store.info(key(keys)).isPresent();
    }

    @Override
    public @Nullable ByteBuffer get(String[] keys) {
        return buffer(store.read(key(keys)).map(StoredObject::bytes));
    }

    /**
     * Reads the end of an object.
     *
     * @param keys the segments of the object's key
     * @param start the position of the first byte; if negative, the distance from the end, which is cut at the beginning
     * @return the bytes from there to the end; null if the object does not exist
     */
    @Override
    public @Nullable ByteBuffer get(String[] keys, long start) {
        return buffer(from(keys, start));
    }

    /**
     * Reads a range of an object.
     *
     * @param keys the segments of the object's key
     * @param start the position of the first byte; if negative, the distance from the end, which is cut at the beginning
     * @param end the position after the last byte, which is cut at the end of the object
     * @return the bytes between; null if the object does not exist
     * @throws IllegalArgumentException if {@code end} is less than {@code start}, or negative
     */
    @Override
    public @Nullable ByteBuffer get(String[] keys, long start, long end) {
        return buffer(between(keys, start, end));
    }

    /**
     * Opens a range of an object for reading; part of zarr-java's interface from version 0.1 on.
     *
     * @param keys the segments of the object's key
     * @param start the position of the first byte; if negative, the distance from the end
     * @param end the position after the last byte, or -1 for the end of the object
     * @return the bytes between, already in memory; null if the object does not exist
     */
    public @Nullable InputStream getInputStream(String[] keys, long start, long end) {
        Optional<byte[]> bytes = end == TO_THE_END ? from(keys, start) : between(keys, start, end);
        return bytes.isEmpty() ? null : new ByteArrayInputStream(bytes.get());
    }

    /**
     * Requests the size of an object; part of zarr-java's interface from version 0.1 on.
     *
     * @param keys the segments of the object's key
     * @return the number of bytes; -1 if the object does not exist
     */
    public long getSize(String[] keys) {
        return store.info(key(keys)).map(ObjectInfo::size).orElse(-1L);
    }

    /**
     * Creates or replaces an object, even if another program has changed it meanwhile.
     *
     * @param keys the segments of the object's key
     * @param bytes the content, from the buffer's position to its limit, neither of which changes
     * @throws org.copick.error.ReadOnlyException if the store is read-only
     */
    @Override
    public void set(String[] keys, ByteBuffer bytes) {
        byte[] content = new byte[bytes.remaining()];
        bytes.duplicate().get(content);
        store.write(key(keys), content, WriteCondition.ANY);
    }

    /**
     * Deletes an object; does nothing if it does not exist.
     *
     * @param keys the segments of the object's key
     * @throws org.copick.error.ReadOnlyException if the store is read-only
     */
    @Override
    public void delete(String[] keys) {
        store.delete(key(keys));
    }

    @Override
    public StoreHandle resolve(String... keys) {
        return new StoreHandle(this, keys);
    }

    private Optional<byte[]> from(String[] keys, long start) {
        ByteRange range = start < 0 ? last(start) : ByteRange.of(start, Long.MAX_VALUE - start);
        return read(keys, range).map(CopickStore::bytes);
    }

    private Optional<byte[]> between(String[] keys, long start, long end) {
        if (end < Math.max(0, start)) {
            throw new IllegalArgumentException("not a range of bytes: from " + start + " to " + end);
        }
        if (start >= 0) {
            return read(keys, ByteRange.of(start, end - start)).map(CopickStore::bytes);
        }
        return read(keys, last(start)).map(found -> {
            byte[] tail = bytes(found);
            long first = found.info().size() - tail.length;
            return Arrays.copyOf(tail, (int) Math.max(0, Math.min(tail.length, end - first)));
        });
    }

    private Optional<RangesRead> read(String[] keys, ByteRange range) {
        return store.readRanges(key(keys), List.of(range), null);
    }

    private static byte[] bytes(RangesRead found) {
        return found.parts().get(0);
    }

    private static @Nullable ByteBuffer buffer(Optional<byte[]> bytes) {
        return bytes.map(ByteBuffer::wrap).orElse(null);
    }

    private static ByteRange last(long start) {
        // the longest one that a range allows, which is longer than every object
        return ByteRange.last(start < -(Long.MAX_VALUE / 2) ? Long.MAX_VALUE / 2 : -start);
    }

    private static String key(String[] keys) {
        return Keys.checked(String.join("/", keys));
    }

    /** {@return the location of the store below} */
    @Override
    public String toString() {
        return store.location();
    }
}
