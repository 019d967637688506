package org.copick.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An array cut into blocks of equal shape, as Zarr version 2 stores them without compressor. */
final class PlainArray {
    /** The attribute in which programs keep the names of axes in version 2. */
    private static final String AXES = "_ARRAY_DIMENSIONS";

    private static final int USUAL_LENGTH = 64;
    private static final int SPATIAL = 3;

    private final ZarrArray array;
    private final DataType type;
    private final long[] shape;
    private final long[] block;
    private final int bytes;

    /**
     * Prepares the blocks. Reads nothing.
     *
     * @param block the shape of a block; empty for 64 elements along the last three axes and 1 along the others
     */
    PlainArray(ZarrArray array, long[] block) {
        this.array = array;
        this.type = array.dataType() == DataType.FLOAT16 ? DataType.FLOAT32 : array.dataType();
        this.shape = array.shape();
        this.block = block.length == 0 ? usual(shape) : block.clone();
        if (this.block.length != shape.length || Arrays.stream(this.block).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException(
                    "blocks of shape " + Arrays.toString(block) + " do not fit " + array.location() + " of shape "
                            + Arrays.toString(shape) + "; give a length of at least 1 for each axis");
        }
        long size = Region.all(this.block).size();
        if (size > (Integer.MAX_VALUE - 16) / type.bytes()) {
            throw new IllegalArgumentException(
                    "blocks of shape " + Arrays.toString(block) + " take more than 2 GiB; choose smaller ones");
        }
        this.bytes = (int) size * type.bytes();
    }

    private static long[] usual(long[] shape) {
        long[] block = new long[shape.length];
        for (int i = 0; i < block.length; i++) {
            block[i] = i < shape.length - SPATIAL ? 1 : Math.max(1, Math.min(shape[i], USUAL_LENGTH));
        }
        return block;
    }

    /** Returns the number of bytes of every block. */
    int bytes() {
        return bytes;
    }

    /** Returns the number of blocks along each axis. */
    long[] grid() {
        long[] grid = new long[shape.length];
        Arrays.setAll(grid, i -> shape[i] / block[i] + (shape[i] % block[i] == 0 ? 0 : 1));
        return grid;
    }

    /** Returns the content of {@code .zarray}. */
    ObjectNode metadata() {
        ObjectNode metadata = MetadataJson.emptyObject().put("zarr_format", 2);
        ArrayNode lengths = metadata.putArray("shape");
        Arrays.stream(shape).forEach(lengths::add);
        ArrayNode chunks = metadata.putArray("chunks");
        Arrays.stream(block).forEach(chunks::add);
        metadata.put("dtype", (type.bytes() == 1 ? "|" : "<") + type.code());
        metadata.putNull("compressor").putNull("filters").put("order", "C").put("dimension_separator", "/");
        return type == DataType.BOOL ? metadata.put("fill_value", false) : metadata.put("fill_value", 0);
    }

    /** Returns the content of {@code .zattrs}. The names of axes are those of the array's present order. */
    ObjectNode attributes() {
        ObjectNode attributes = array.attributeTree().deepCopy();
        attributes.remove(AXES);
        List<Optional<String>> names = array.dimensionNames().orElse(List.of());
        if (!names.isEmpty() && names.stream().allMatch(Optional::isPresent)) {
            ArrayNode axes = attributes.putArray(AXES);
            names.forEach(name -> axes.add(name.get()));
        }
        return attributes;
    }

    /** Returns the indices of a block from its key, such as {@code 0/12/3}; null if there is no such block. */
    long @Nullable [] indices(String key) {
        String[] parts = shape.length == 0 ? new String[0] : key.split("/", -1);
        if (shape.length == 0 ? !key.equals("0") : parts.length != shape.length) {
            return null;
        }
        long[] grid = grid();
        long[] indices = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("0|[1-9][0-9]{0,17}")) {
                return null;
            }
            indices[i] = Long.parseLong(parts[i]);
            if (indices[i] >= grid[i]) {
                return null;
            }
        }
        return indices;
    }

    /** Reads a block. Its elements outside the array are 0. */
    byte[] read(long[] indices) {
        long[] start = new long[shape.length];
        long[] length = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            start[i] = indices[i] * block[i];
            length[i] = Math.min(block[i], shape[i] - start[i]);
        }
        Region region = Region.of(start, length);
        byte[] elements = new byte[(int) region.size() * type.bytes()];
        if (type == array.dataType()) {
            array.readBytes(region, elements);
        } else {
            array.read(
                    region,
                    ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
        return elements.length == bytes ? elements : padded(elements, length);
    }

    /** Spreads the elements of a box over a whole block. */
    private byte[] padded(byte[] elements, long[] length) {
        byte[] whole = new byte[bytes];
        int last = shape.length - 1;
        int row = (int) length[last] * type.bytes();
        long[] at = new long[last];
        for (int from = 0; from < elements.length; from += row) {
            long index = 0;
            for (int i = 0; i < last; i++) {
                index = index * block[i] + at[i];
            }
            System.arraycopy(elements, from, whole, (int) (index * block[last]) * type.bytes(), row);
            for (int i = last - 1; i >= 0 && ++at[i] == length[i]; i--) {
                at[i] = 0;
            }
        }
        return whole;
    }
}
