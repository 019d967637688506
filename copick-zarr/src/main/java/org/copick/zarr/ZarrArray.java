package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.copick.internal.json.JsonTree;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * A Zarr array. Regions are read into arrays or buffers that the caller owns, in C order (the last axis varies
 * fastest); they need not be aligned with chunks. Safe for use by many threads. An interrupt ends a read soon with
 * {@link org.copick.error.OperationInterruptedException}. If a read fails, the target's contents are undefined.
 *
 * <p><b>Cost.</b> Each chunk that a region touches costs one read, unless it is cached. On stores with cheap reads,
 * such as the local disk, a chunk of more than 4 MiB that consists of parts is read in portions of about 2 MiB. If a
 * region needs less than half of a large Blosc chunk, its header and block table are read once, and then only the
 * needed blocks. Of a shard, the index is read once, and then only the needed inner chunks. Ranges separated by small
 * gaps are read as one. Data cached before this array was opened costs one check of its version. A chunk that is not
 * stored reads as the fill value; a chunk that cannot be fetched or decoded causes an exception.
 *
 * <p><b>Memory.</b> Quickest is a {@code float[]} that is used for one read after the other: the JVM clears a new array in
 * one thread, before any element is read. Other arrays, direct buffers and {@link ElementMemory} come next. None of these
 * targets needs a copy of the region.
 *
 * <p><b>Conversions.</b> {@code float} and {@code double} targets take every type; values that the target cannot hold
 * exactly (more than 24 or 53 bits) are rounded to the nearest. Integer targets take only bool and integer types that
 * are not wider than the target. Narrower types are converted by value, equally wide ones bit by bit, so a uint16 in a
 * {@code short[]} is {@code value & 0xffff}.
 */
public final class ZarrArray implements ZarrNode {
    private final ObjectStore store;
    private final String path;
    private final ArraySource source;
    private final ArrayMetadata metadata;
    /** Number of leading axes in the metadata that have one element and are hidden from callers. */
    private final int hidden;

    private volatile @Nullable ObjectNode attributes;

    ZarrArray(ObjectStore store, String path, ArraySource source) {
        this(store, path, source, 0);
    }

    private ZarrArray(ObjectStore store, String path, ArraySource source, int hidden) {
        this.hidden = hidden;
        this.store = store;
        this.path = path;
        this.source = source;
        this.metadata = source.metadata;
        this.attributes = metadata.attributes().orElse(null);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String location() {
        return metadata.location();
    }

    @Override
    public int zarrFormat() {
        return metadata.zarrFormat();
    }

    /** {@inheritDoc} The first call costs one read in version 2. */
    @Override
    public Map<String, @Nullable Object> attributes() {
        return JsonTree.plainFields(attributeTree());
    }

    /** Returns the attributes as a tree. The caller must not change it. */
    ObjectNode attributeTree() {
        ObjectNode known = attributes;
        if (known == null) {
            String key = path.isEmpty() ? Zarr.V2_ATTRIBUTES : path + "/" + Zarr.V2_ATTRIBUTES;
            known = MetadataJson.read(store, key).orElseGet(MetadataJson::emptyObject);
            attributes = known;
        }
        return known;
    }

    /** {@return the number of elements along each axis} */
    public long[] shape() {
        return shown(metadata.shape());
    }

    /**
     * {@return a view of this array with its axes in another order, for reading and writing} Nothing is copied.
     *
     * @param order for each axis of the view, the axis of this array; axes with one element may be left out
     * @throws IllegalArgumentException if an axis does not exist, is named twice, or has several elements and is left
     *     out
     */
    public ZarrArray withAxes(int... order) {
        int rank = metadata.shape().length;
        boolean[] named = new boolean[rank];
        for (int axis : order) {
            if (axis < 0 || axis >= rank - hidden || named[hidden + axis]) {
                throw new IllegalArgumentException("invalid axes " + Arrays.toString(order) + " for " + location());
            }
            named[hidden + axis] = true;
        }
        int[] all = new int[rank];
        int left = 0;
        for (int i = 0; i < rank; i++) {
            if (!named[i]) {
                if (metadata.shape()[i] != 1) {
                    throw new IllegalArgumentException("cannot leave out an axis of " + location() + " that has "
                            + metadata.shape()[i] + " elements");
                }
                all[left++] = i;
            }
        }
        for (int i = 0; i < order.length; i++) {
            all[left + i] = hidden + order[i];
        }
        return new ZarrArray(store, path, source.withAxes(all), left);
    }

    /** {@return the number of elements of a chunk along each axis} Chunks at the end of an axis may extend past it. */
    public long[] chunkShape() {
        if (!metadata.shardedOnly() || !(metadata.layout() instanceof ChunkEncoding.Sharded shard)) {
            return shown(Arrays.stream(source.chunkShape()).asLongStream().toArray());
        }
        long[] shape = new long[metadata.shape().length];
        for (int k = 0; k < shape.length; k++) {
            shape[shard.axes()[k]] = shard.innerShape()[k];
        }
        return shown(shape);
    }

    /** {@return the shape of the shards that hold the chunks; empty if each chunk is a separate object} */
    public Optional<long[]> shardShape() {
        return metadata.shardedOnly()
                ? Optional.of(
                        shown(Arrays.stream(source.chunkShape()).asLongStream().toArray()))
                : Optional.empty();
    }

    /** {@return the type of elements} */
    public DataType dataType() {
        return metadata.type();
    }

    /**
     * {@return numpy's code for the stored type, such as {@code <f4}} Version 3 records the byte order elsewhere, so
     * for its arrays the code never says big-endian.
     */
    public String numpyType() {
        return metadata.numpyType();
    }

    /**
     * {@return the order of elements within a chunk of version 2: {@code C} or {@code F}} Reads always return C order.
     */
    public char order() {
        return metadata.order();
    }

    /** {@return the names of the axes; empty unless version 3 metadata name them} Single names may be missing. */
    public Optional<List<Optional<String>>> dimensionNames() {
        return metadata.dimensionNames().map(names -> names.subList(hidden, names.size()));
    }

    /**
     * {@return the value of elements that are not stored; empty if the metadata give none, which reads as zero} The
     * value is a Boolean, a Long, a BigInteger for uint64 values too large for long, or a Double.
     */
    public Optional<Object> fillValue() {
        return Optional.ofNullable(metadata.fillValue());
    }

    /**
     * Reads a region as floats; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @return a new array of the elements in C order
     */
    public float[] readFloats(Region region) {
        float[] values = new float[elements(region)];
        read(region, values);
        return values;
    }

    /**
     * Reads a region into an array; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void read(Region region, float[] into) {
        read(region, Sink.of(dataType(), into, 0), into.length);
    }

    /**
     * Reads a region into a buffer; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into a heap or direct buffer that receives the elements in C order from its position on. The position does
     *     not change
     */
    public void read(Region region, FloatBuffer into) {
        Sink sink = into.hasArray()
                ? Sink.of(dataType(), into.array(), into.arrayOffset() + into.position())
                : Sink.of(dataType(), into.slice());
        read(region, sink, into.remaining());
    }

    /**
     * Reads a region into an array; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void read(Region region, double[] into) {
        read(region, Sink.of(dataType(), DoubleBuffer.wrap(into)), into.length);
    }

    /**
     * Reads a region into an array; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void read(Region region, byte[] into) {
        read(region, Sink.ofIntegers(dataType(), into), into.length);
    }

    /**
     * Reads a region into an array; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void read(Region region, short[] into) {
        read(region, Sink.of(dataType(), ShortBuffer.wrap(into)), into.length);
    }

    /**
     * Reads a region into an array; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void read(Region region, int[] into) {
        read(region, Sink.of(dataType(), IntBuffer.wrap(into)), into.length);
    }

    /**
     * Reads a region into an array; see the class comment for conversions.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void read(Region region, long[] into) {
        read(region, Sink.of(dataType(), LongBuffer.wrap(into)), into.length);
    }

    /**
     * Reads a region without conversion.
     *
     * @param region the region, within this array
     * @param into a heap or direct buffer that receives the elements in C order from its position on, in its byte
     *     order. The position does not change
     */
    public void readElements(Region region, ByteBuffer into) {
        read(
                region,
                Sink.ofElements(dataType(), into.slice().order(into.order())),
                into.remaining() / dataType().bytes());
    }

    /**
     * Reads a region of any size without conversion.
     *
     * <p>Reads 2³¹ elements at a time, in whole planes along the first axis that end where chunks do.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order from its first byte on
     * @throws IllegalArgumentException if the memory is too small
     */
    public void readElements(Region region, ElementMemory into) {
        requireInside(region);
        new LargeRead(this, into, LargeRead.WINDOW, LargeRead.MOST).run(region);
    }

    /**
     * Reads a region as the bytes of its elements, little-endian whatever the stored order.
     *
     * @param region the region, within this array
     * @param into receives the elements in C order; large enough for all of them
     */
    public void readBytes(Region region, byte[] into) {
        readElements(region, ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Replaces a region. Chunk encoding and codecs stay as they are; other levels of an image are not updated.
     *
     * <p>Chunks that the region covers completely are written; others are read, changed and written back. Each chunk is
     * replaced atomically, so readers may see some chunks changed and others not yet, also after a failure. Writers in
     * this process do not lose each other's changes, even within one chunk. Changes by other processes are not lost
     * either if the store declares conditional writes.
     *
     * @param region the region, within this array
     * @param elements the elements in C order from the buffer's position on, in the buffer's byte order and the type of
     *     the array. The position does not change
     * @throws IllegalArgumentException if the region has more elements than the buffer
     * @throws org.copick.error.UnsupportedFeatureException for a codec that can only decode
     * @throws org.copick.error.ReadOnlyException for a store that cannot be written to
     */
    public void writeRegion(Region region, ByteBuffer elements) {
        int count = elements(region);
        if (count > elements.remaining() / dataType().bytes()) {
            throw new IllegalArgumentException("region " + region + " has " + count + " elements, but only "
                    + elements.remaining() / dataType().bytes() + " were given");
        }
        if (count > 0) {
            ByteBuffer given = elements.slice().order(elements.order());
            Region whole = stored(region);
            new RegionWrite(source, whole, BoxValues.of(whole, given)).run();
        }
    }

    /**
     * Replaces a region of any size, without steps, with values requested part by part.
     *
     * @see #writeRegion(Region, ByteBuffer)
     */
    void writeRegion(Region region, BoxValues values) {
        requireInside(region);
        if (region.size() > 0) {
            new RegionWrite(source, stored(region), hidden == 0 ? values : new ShownValues(values)).run();
        }
    }

    /**
     * Replaces a region of a float32 array; see {@link #writeRegion(Region, ByteBuffer)}.
     *
     * @param region the region, within this array
     * @param elements the elements in C order
     * @throws IllegalArgumentException for an array of another type, or if the region has more elements than were given
     */
    public void writeRegion(Region region, float[] elements) {
        if (dataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("cannot write floats to " + location() + ", an array of " + dataType());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, elements.length));
        bytes.asFloatBuffer().put(elements);
        writeRegion(region, bytes);
    }

    @Override
    public String toString() {
        return location();
    }

    /** Reads a region of up to 2³¹ elements; {@code room} is the number of elements that the sink has room for. */
    void read(Region region, Sink sink, int room) {
        int elements = elements(region);
        if (elements > room) {
            throw new IllegalArgumentException(
                    "region " + region + " has " + elements + " elements, but the target has room for " + room);
        }
        if (elements > 0) {
            new RegionRead(source, stored(region), sink).run();
        }
    }

    private int elements(Region region) {
        requireInside(region);
        long elements = region.size();
        if (elements > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(
                    "region " + region + " has more elements than a Java array can hold; read it in parts");
        }
        return (int) elements;
    }

    /**
     * Throws an exception unless a region lies within this array. All methods that read or write regions check this.
     *
     * @param region the region to check
     * @throws IllegalArgumentException if the region has another number of dimensions or extends beyond the shape
     */
    public void requireInside(Region region) {
        long[] shape = shape();
        if (region.rank() != shape.length) {
            throw new IllegalArgumentException(
                    "region " + region + " does not fit " + location() + ", which has " + shape.length + " dimensions");
        }
        for (int i = 0; i < region.rank(); i++) {
            if (region.end(i) > shape[i]) {
                throw new IllegalArgumentException("region " + region + " reaches out of " + location()
                        + ", whose shape is " + Arrays.toString(shape));
            }
        }
    }

    private long[] shown(long[] lengths) {
        return Arrays.copyOfRange(lengths, hidden, lengths.length);
    }

    /** Returns a region extended by the hidden axes. */
    private Region stored(Region region) {
        if (hidden == 0) {
            return region;
        }
        int rank = hidden + region.rank();
        long[] start = new long[rank];
        long[] shape = new long[rank];
        long[] step = new long[rank];
        for (int i = 0; i < rank; i++) {
            boolean shown = i >= hidden;
            start[i] = shown ? region.start(i - hidden) : 0;
            shape[i] = shown ? region.length(i - hidden) : 1;
            step[i] = shown ? region.step(i - hidden) : 1;
        }
        return Region.of(start, shape, step);
    }

    /** Adapts values for the visible axes to a writer that also sees the hidden axes. */
    private final class ShownValues implements BoxValues {
        private final BoxValues values;

        ShownValues(BoxValues values) {
            this.values = values;
        }

        @Override
        public Region part(long[] start, long[] length) {
            Region part = values.part(shown(start), shown(length));
            return stored(part);
        }

        @Override
        public ByteBuffer elements(Region part) {
            long[] start = new long[part.rank() - hidden];
            Arrays.setAll(start, i -> part.start(hidden + i));
            return values.elements(Region.of(start, shown(part.shape())));
        }
    }
}
