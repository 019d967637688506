package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import org.copick.cache.Chunk;
import org.copick.cache.ChunkCache;
import org.copick.cache.ChunkKey;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;
import org.copick.zarr.codec.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * An array, opened for reading. Regions are read into arrays that the caller owns, in C order (the last axis varies
 * fastest), wherever chunks begin and end. Safe for use by many threads.
 *
 * <p>Each chunk that a region touches costs one read, unless the cache holds it; a chunk that is cached from before this
 * array was opened costs one look at its version. A chunk that is not stored is the fill value; one that cannot be
 * fetched or decoded is an exception.
 *
 * <p><b>Conversions.</b> Into {@code float[]} and {@code double[]} every type is read; what the target cannot hold exactly
 * (more than 24 or 53 bits) is rounded to the nearest. Into integer arrays only bool and integer types go, as wide as the
 * target or narrower: narrower ones by value, equally wide ones bit by bit, so a uint16 in a {@code short[]} is
 * {@code value & 0xffff}.
 */
public final class ZarrArray implements ZarrNode {
    private final ObjectStore store;
    private final String path;
    private final ArrayMetadata metadata;
    private final ChunkCache cache;
    private final long opened;
    private final Object decoding;
    private volatile @Nullable ObjectNode attributes;

    ZarrArray(ObjectStore store, String path, ArrayMetadata metadata, ChunkCache cache) {
        this.store = store;
        this.path = path;
        this.metadata = metadata;
        this.cache = cache;
        this.opened = cache.stamp();
        this.decoding = metadata.decodingKey();
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
        return 2;
    }

    /** {@inheritDoc} One read the first time. */
    @Override
    public ObjectNode attributes() {
        ObjectNode known = attributes;
        if (known == null) {
            known = MetadataJson.read(store, prefix() + Zarr.V2_ATTRIBUTES).orElseGet(MetadataJson::emptyObject);
            attributes = known;
        }
        return known.deepCopy();
    }

    /** How many elements along each axis. */
    public long[] shape() {
        return metadata.shape().clone();
    }

    /** How many elements of a chunk along each axis; chunks at the end of an axis may reach past it. */
    public long[] chunkShape() {
        return Arrays.stream(metadata.chunks()).asLongStream().toArray();
    }

    /** The shape of the shards that hold the chunks; empty where each chunk is an object of its own. */
    public Optional<long[]> shardShape() {
        return Optional.empty();
    }

    public DataType dataType() {
        return metadata.type();
    }

    /** numpy's code for the stored type, such as {@code <f4}. */
    public String numpyType() {
        return metadata.numpyType();
    }

    /** How elements are ordered within a chunk: {@code C} or {@code F}. What is read is always in C order. */
    public char order() {
        return metadata.fortran() ? 'F' : 'C';
    }

    /**
     * The value of elements that are not stored, as the type holds it: Boolean, Long, BigInteger for uint64 beyond long, or
     * Double; null where none is given, which reads as zero.
     */
    public @Nullable Object fillValue() {
        return metadata.fillValue();
    }

    /** Reads a region as floats. */
    public float[] readFloats(Region region) {
        float[] values = new float[elements(region)];
        read(region, values);
        return values;
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, float[] into) {
        read(region, Sink.of(metadata, into), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, double[] into) {
        read(region, Sink.of(metadata, into), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, byte[] into) {
        read(region, Sink.of(metadata, into), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, short[] into) {
        read(region, Sink.of(metadata, into), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, int[] into) {
        read(region, Sink.of(metadata, into), into.length);
    }

    /** Reads a region into an array with room for it; see the class comment for conversions. */
    public void read(Region region, long[] into) {
        read(region, Sink.of(metadata, into), into.length);
    }

    /** Reads a region as the bytes of its elements, little-endian, whatever the stored order. */
    public void readBytes(Region region, byte[] into) {
        read(region, Sink.ofBytes(metadata, into), into.length / dataType().bytes());
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
        if (elements == 0) {
            return;
        }
        ChunkWalk walk = new ChunkWalk(region, metadata.chunks());
        do {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("interrupted while reading " + location());
            }
            byte[] chunk = chunk(walk.key(metadata.separator()));
            sink.source(chunk == null ? metadata.fill() : chunk);
            walk.copy(sink, chunk == null);
        } while (walk.next());
    }

    private int elements(Region region) {
        if (region.rank() != metadata.shape().length) {
            throw new IllegalArgumentException(
                    "region " + region + " for an array of " + metadata.shape().length + " dimensions");
        }
        for (int i = 0; i < region.rank(); i++) {
            if (region.start(i) + region.length(i) > metadata.shape()[i]) {
                throw new IllegalArgumentException(
                        "region " + region + " reaches out of the shape " + Arrays.toString(metadata.shape()));
            }
        }
        long elements = region.size();
        if (elements > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(
                    "region " + region + " has more elements than a Java array can hold; read it in parts");
        }
        return (int) elements;
    }

    /** The decoded chunk in C order, or null where none is stored. */
    private byte @Nullable [] chunk(String indices) {
        String key = prefix() + indices;
        return cache.get(
                        new ChunkKey(store.location(), key, decoding),
                        opened,
                        () -> store.info(key).map(ObjectInfo::version),
                        () -> store.read(key)
                                .map(stored -> decode(indices, stored))
                                .orElse(Chunk.MISSING))
                .bytes();
    }

    private Chunk decode(String indices, StoredObject stored) {
        try {
            byte[] decoded = metadata.codecs().decode(stored.bytes(), metadata.chunkBytes());
            byte[] ordered = metadata.fortran()
                    ? FortranOrder.toC(
                            decoded, metadata.chunks(), metadata.type().bytes())
                    : decoded;
            return new Chunk(ordered, stored.info().version());
        } catch (CodecException e) {
            throw new CorruptDataException(
                    "chunk " + indices + " of " + location() + " is corrupt: " + e.getMessage(), e);
        }
    }

    private String prefix() {
        return path.isEmpty() ? "" : path + "/";
    }
}
