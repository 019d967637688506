package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.codec.CodecChain;
import org.copick.zarr.codec.Codecs;
import org.copick.zarr.codec.NumpyType;

/** Reads the {@code .zarray} of Zarr v2. */
final class Version2 {
    private Version2() {}

    static ArrayMetadata parse(ObjectNode json, String location) {
        String document = location + "/" + Zarr.V2_ARRAY;
        MetadataFields in = new MetadataFields(json, document);
        MetadataJson.requireFormat(json, 2, document);
        NumpyType numpy = numpyType(in, location);
        DataType type = type(numpy);
        ByteOrder order = numpy.order();
        long[] shape = in.shape(type);
        long[] chunks = in.lengths("chunks", in.get("chunks"), 1);
        if (shape.length != chunks.length) {
            throw in.corrupt("shape", "has " + shape.length + " dimensions and chunks have " + chunks.length);
        }
        String memory = in.text("order", in.get("order"), "C").toUpperCase(Locale.ROOT);
        if (!memory.equals("C") && !memory.equals("F")) {
            throw in.corrupt("order", in.get("order"));
        }
        char separator = in.separator("dimension_separator", in.get("dimension_separator"), ".");
        JsonNode fill = in.get("fill_value");
        Object value = fill.isNull() || fill.isMissingNode() ? null : FillValue.value(fill, type, in);
        CodecChain packing = Codecs.version2(in.get("filters"), in.get("compressor"), type.bytes(), location);
        int[] lengths = ChunkEncoding.checked(chunks, type.bytes(), packing, location);
        int rank = shape.length;
        int[] axes = new int[rank];
        int[] stored = new int[rank];
        for (int i = 0; i < rank; i++) {
            axes[i] = memory.equals("C") ? i : rank - 1 - i;
            stored[i] = lengths[axes[i]];
        }
        return new ArrayMetadata(
                location,
                2,
                shape,
                type,
                (type.bytes() == 1 ? "|" : order == ByteOrder.BIG_ENDIAN ? ">" : "<") + type.code(),
                memory.charAt(0),
                FillValue.bytes(value, type, order),
                value,
                ChunkKeys.inOrder(separator, false, rank),
                new ChunkEncoding.Plain(stored, axes, packing, order, type.bytes()),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static NumpyType numpyType(MetadataFields in, String location) {
        JsonNode code = in.get("dtype");
        if (code.isArray()) {
            throw new UnsupportedFeatureException("unsupported structured dtype in " + location);
        }
        if (!code.isTextual() || !code.textValue().matches("[<>=|]?[A-Za-z?].*")) {
            throw in.corrupt("dtype", code);
        }
        return NumpyType.parse(code.textValue())
                .orElseThrow(() -> new UnsupportedFeatureException(
                        "unsupported dtype \"" + MetadataJson.shortened(code.textValue()) + "\" in " + location));
    }

    private static DataType type(NumpyType numpy) {
        for (DataType type : DataType.values()) {
            if (type.code().equals(numpy.code())) {
                return type;
            }
        }
        throw new IllegalStateException("no type of elements is " + numpy);
    }
}
