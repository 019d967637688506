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
 * An array, opened for reading. Regions are read into arrays or buffers that the caller owns, in C order (the last axis
 * varies fastest), wherever chunks begin and end. Safe for use by many threads; an interrupt ends a read soon with
 * {@link org.copick.error.OperationInterruptedException}. If a read fails, the target's contents are undefined.
 *
 * <p><b>Cost.</b> Each chunk that a region touches costs one read, unless it is cached. If a read costs little by itself, as
 * on the local disk, chunks of more than 4 MiB that come in parts are read in portions of about 2 MiB. If a region needs less
 * than half of a large Blosc chunk, only the header with its table is read, once, and then the needed blocks; of a shard its
 * index, once, and the needed inner chunks. Ranges with little between them are read as one. Data cached before this array
 * was opened costs one check of its version. A chunk that is not stored is the fill value; one that cannot be fetched or
 * decoded is an exception.
 *
 * <p><b>Conversions.</b> {@code float} and {@code double} targets take every type; values that the target cannot hold exactly
 * (more than 24 or 53 bits) are rounded to the nearest. Integer targets take only bool and integer types, as wide as the
 * target or narrower: narrower ones by value, equally wide ones bit by bit, so a uint16 in a {@code short[]} is
 * {@code value & 0xffff}.
 */
public final class ZarrArray implements ZarrNode {
    private final ObjectStore store;
    private final String path;
    private final ArraySource source;
    private final ArrayMetadata metadata;
    /** How many axes, the first of those in the metadata, have one element and are not shown. */
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

    /** {@inheritDoc} One read the first time, in version 2. */
    @Override
    public Map<String, @Nullable Object> attributes() {
        return JsonTree.plainFields(attributeTree());
    }

    /** Not to be changed. */
    ObjectNode attributeTree() {
        ObjectNode known = attributes;
        if (known == null) {
            String key = path.isEmpty() ? Zarr.V2_ATTRIBUTES : path + "/" + Zarr.V2_ATTRIBUTES;
            known = MetadataJson.read(store, key).orElseGet(MetadataJson::emptyObject);
            attributes = known;
        }
        return known;
    }

    /** How many elements along each axis. */
    public long[] shape() {
        return shown(metadata.shape());
    }

    /**
     * A view of this array with its axes in another order, for reading and writing; nothing is copied.
     *
     * @param order for each axis of the view the axis here; axes that have one element may be left out
     * @throws IllegalArgumentException when an axis is named twice, is missing although it has more elements, or is none
     */
    public ZarrArray withAxes(int... order) {
        int rank = metadata.shape().length;
        boolean[] named = new boolean[rank];
        for (int axis : order) {
            if (axis < 0 || axis >= rank - hidden || named[hidden + axis]) {
                throw new IllegalArgumentException("axes " + Arrays.toString(order) + " of " + location());
            }
            named[hidden + axis] = true;
        }
        int[] all = new int[rank];
        int left = 0;
        for (int i = 0; i < rank; i++) {
            if (!named[i]) {
                if (metadata.shape()[i] != 1) {
                    throw new IllegalArgumentException(
                            "an axis of " + location() + " that has " + metadata.shape()[i] + " elements is left out");
                }
                all[left++] = i;
            }
        }
        for (int i = 0; i < order.length; i++) {
            all[left + i] = hidden + order[i];
        }
        return new ZarrArray(store, path, source.withAxes(all), left);
    }

    /** How many elements of a chunk along each axis; chunks at the end of an axis may reach past it. */
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

    /** The shape of the shards that hold the chunks; empty where each chunk is an object of its own. */
    public Optional<long[]> shardShape() {
        return metadata.shardedOnly()
                ? Optional.of(
                        shown(Arrays.stream(source.chunkShape()).asLongStream().toArray()))
                : Optional.empty();
    }

    public DataType dataType() {
        return metadata.type();
    }

    /** numpy's code for the stored type, such as {@code <f4}; version 3 tells the byte order elsewhere. */
    public String numpyType() {
        return metadata.numpyType();
    }

    /** The order of elements within a chunk of version 2: {@code C} or {@code F}. Reads always give C order. */
    public char order() {
        return metadata.order();
    }

    /** The names of the axes, where version 3 gives them; any of them may be missing. */
    public Optional<List<Optional<String>>> dimensionNames() {
        return metadata.dimensionNames().map(names -> names.subList(hidden, names.size()));
    }

    /**
     * The value of elements that are not stored, as the type holds it: Boolean, Long, BigInteger for uint64 beyond long, or
     * Double; empty where none is given, which reads as zero.
     */
    public Optional<Object> fillValue() {
        return Optional.ofNullable(metadata.fillValue());
    }

    /** Reads a region as floats. */
    public float[] readFloats(Region region) {
        float[] values = new float[elements(region)];
        read(region, values);
        return values;
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, float[] into) {
        read(region, Sink.of(dataType(), into, 0), into.length);
    }

    /** Reads a region into a buffer from its position on, which stays where it is; any buffer, direct ones included. */
    public void read(Region region, FloatBuffer into) {
        Sink sink = into.hasArray()
                ? Sink.of(dataType(), into.array(), into.arrayOffset() + into.position())
                : Sink.of(dataType(), into.slice());
        read(region, sink, into.remaining());
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, double[] into) {
        read(region, Sink.of(dataType(), DoubleBuffer.wrap(into)), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, byte[] into) {
        read(region, Sink.ofIntegers(dataType(), into), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, short[] into) {
        read(region, Sink.of(dataType(), ShortBuffer.wrap(into)), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, int[] into) {
        read(region, Sink.of(dataType(), IntBuffer.wrap(into)), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, long[] into) {
        read(region, Sink.of(dataType(), LongBuffer.wrap(into)), into.length);
    }

    /**
     * Reads a region as it is, without conversion, in the byte order of the buffer: any buffer, direct ones included. It is
     * filled from its position on, which stays where it is.
     */
    public void readElements(Region region, ByteBuffer into) {
        read(
                region,
                Sink.ofElements(dataType(), into.slice().order(into.order())),
                into.remaining() / dataType().bytes());
    }

    /** Reads a region as the bytes of its elements, little-endian, whatever the stored order. */
    public void readBytes(Region region, byte[] into) {
        readElements(region, ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Replaces a region by elements in C order, from the buffer's position on and in its byte order, which must be of the
     * type of the array. Layout and codecs stay; other levels of an image do not follow.
     *
     * <p>Chunk by chunk: those that the region covers are written, others are read, changed and written back; each takes
     * effect as a whole, so readers may see some changed and some not yet, also after a failure. Writers in this process
     * do not lose each other's changes, in whatever chunks; other processes' changes are not lost either where the store
     * declares conditional writes.
     *
     * @throws org.copick.error.UnsupportedFeatureException for a codec that can only be undone
     * @throws org.copick.error.ReadOnlyException for a store that cannot be written to
     */
    public void writeRegion(Region region, ByteBuffer elements) {
        int count = elements(region);
        if (count > elements.remaining() / dataType().bytes()) {
            throw new IllegalArgumentException("region " + region + " has " + count + " elements, there are "
                    + elements.remaining() / dataType().bytes());
        }
        if (count > 0) {
            ByteBuffer given = elements.slice().order(elements.order());
            Region whole = stored(region);
            new RegionWrite(source, whole, BoxValues.of(whole, given)).run();
        }
    }

    /** Replaces a region of any size, without steps, by values that are asked for; see {@link #writeRegion(Region, ByteBuffer)}. */
    void writeRegion(Region region, BoxValues values) {
        requireInside(region);
        if (region.size() > 0) {
            new RegionWrite(source, stored(region), hidden == 0 ? values : new ShownValues(values)).run();
        }
    }

    /**
     * Replaces a region of a float32 array; see {@link #writeRegion(Region, ByteBuffer)}.
     *
     * @throws IllegalArgumentException for another type
     */
    public void writeRegion(Region region, float[] elements) {
        if (dataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException("floats for an array of " + dataType());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, elements.length));
        bytes.asFloatBuffer().put(elements);
        writeRegion(region, bytes);
    }

    @Override
    public String toString() {
        return location();
    }

    private void read(Region region, Sink sink, int room) {
        int elements = elements(region);
        if (elements > room) {
            throw new IllegalArgumentException(
                    "region " + region + " has " + elements + " elements, there is room for " + room);
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
     * Refuses a region that is not within this array, as all that reads and writes regions does.
     *
     * @throws IllegalArgumentException when the region has another number of dimensions or reaches out of the shape
     */
    public void requireInside(Region region) {
        long[] shape = shape();
        if (region.rank() != shape.length) {
            throw new IllegalArgumentException(
                    "region " + region + " for the array " + location() + " of " + shape.length + " dimensions");
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

    /** A region with the axes that are not shown. */
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

    /** Values of the axes that are shown, for a writer that sees all of them. */
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
