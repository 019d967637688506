package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.Optional;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.codec.CodecChain;
import org.copick.zarr.codec.Codecs;

/** Reads the {@code .zarray} of Zarr v2. */
final class Version2 {
    private Version2() {}

    static ArrayMetadata parse(ObjectNode json, String location) {
        String document = location + "/" + Zarr.V2_ARRAY;
        MetadataFields in = new MetadataFields(json, document);
        MetadataJson.requireFormat(json, 2, document);
        String code = numpyCode(in, location);
        DataType type = type(code, location);
        ByteOrder order = byteOrder(in, code);
        long[] shape = in.shape(type);
        long[] chunks = in.lengths("chunks", in.get("chunks"), 1);
        if (shape.length != chunks.length) {
            throw in.corrupt("shape", "has " + shape.length + " dimensions and chunks have " + chunks.length);
        }
        int[] lengths = ChunkLayout.checked(chunks, type.bytes(), location);
        String memory = in.text("order", in.get("order"), "C");
        if (!memory.equals("C") && !memory.equals("F")) {
            throw in.corrupt("order", in.get("order"));
        }
        char separator = in.separator("dimension_separator", in.get("dimension_separator"), ".");
        JsonNode fill = in.get("fill_value");
        Object value = fill.isNull() || fill.isMissingNode() ? null : FillValue.value(fill, type, in);
        CodecChain packing = Codecs.version2(in.get("filters"), in.get("compressor"), type.bytes(), location);
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
                new ChunkLayout.Plain(stored, axes, packing, order, type.bytes()),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static String numpyCode(MetadataFields in, String location) {
        JsonNode code = in.get("dtype");
        if (code.isArray()) {
            throw new UnsupportedFeatureException("unsupported structured dtype in " + location);
        }
        if (!code.isTextual() || code.textValue().length() < 2) {
            throw in.corrupt("dtype", code);
        }
        return code.textValue();
    }

    private static DataType type(String code, String location) {
        for (DataType type : DataType.values()) {
            if (code.substring(1).equals(type.code())) {
                return type;
            }
        }
        throw new UnsupportedFeatureException(
                "unsupported dtype \"" + MetadataJson.shortened(code) + "\" in " + location);
    }

    private static ByteOrder byteOrder(MetadataFields in, String code) {
        return switch (code.charAt(0)) {
            case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> throw in.corrupt("dtype", in.get("dtype"));
        };
    }
}
