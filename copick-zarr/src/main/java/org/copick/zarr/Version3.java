package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.copick.error.UnsupportedFeatureException;

/** Reads the {@code zarr.json} of an array of Zarr v3. */
final class Version3 {
    private static final Set<String> KNOWN = Set.of(
            "zarr_format",
            "node_type",
            "shape",
            "data_type",
            "chunk_grid",
            "chunk_key_encoding",
            "fill_value",
            "codecs",
            "attributes",
            "storage_transformers",
            "dimension_names");

    private Version3() {}

    static ArrayMetadata parse(ObjectNode json, String location) {
        MetadataFields in = new MetadataFields(json, location + "/" + Zarr.V3);
        requireKnown(json, location);
        DataType type = type(in, location);
        long[] shape = in.shape(type);
        JsonNode grid = in.get("chunk_grid");
        String kind = in.text("chunk_grid.name", grid.path("name"), "");
        if (!kind.equals("regular")) {
            throw new UnsupportedFeatureException(
                    "unsupported chunk grid \"" + MetadataJson.shortened(kind) + "\" in " + location);
        }
        long[] chunks = in.lengths("chunk_shape", grid.path("configuration").path("chunk_shape"), 1);
        if (shape.length != chunks.length) {
            throw in.corrupt("shape", "has " + shape.length + " dimensions and chunk_shape has " + chunks.length);
        }
        ChunkEncoding layout = new ChunkEncodingParser(in, location, type).parse(in.get("codecs"), chunks);
        JsonNode fill = in.get("fill_value");
        if (fill.isMissingNode()) {
            throw in.corrupt("fill_value", fill);
        }
        // old versions of zarr-python wrote null for zero
        Object value = fill.isNull() ? null : FillValue.value(fill, type, in);
        return new ArrayMetadata(
                location,
                3,
                shape,
                type,
                (type.bytes() == 1 ? "|" : "<") + type.code(),
                'C',
                FillValue.bytes(value, type, layout.order()),
                value,
                keys(in, shape.length, location),
                layout,
                layout instanceof ChunkEncoding.Sharded && in.get("codecs").size() == 1,
                dimensionNames(in, shape.length),
                Optional.of(in.get("attributes") instanceof ObjectNode given ? given : MetadataJson.emptyObject()));
    }

    /** Throws an exception for storage transformers, and for unknown fields without {@code must_understand: false}. */
    private static void requireKnown(ObjectNode json, String location) {
        json.properties().forEach(field -> {
            boolean optional = field.getValue().path("must_understand").isBoolean()
                    && !field.getValue().path("must_understand").booleanValue();
            if (!KNOWN.contains(field.getKey()) && !optional) {
                throw new UnsupportedFeatureException(
                        "unsupported extension \"" + MetadataJson.shortened(field.getKey()) + "\" in " + location);
            }
        });
        if (!json.path("storage_transformers").isEmpty()) {
            throw new UnsupportedFeatureException("unsupported storage transformers in " + location);
        }
    }

    private static DataType type(MetadataFields in, String location) {
        JsonNode name = in.get("data_type");
        if (!name.isTextual() && !name.isObject()) {
            throw in.corrupt("data_type", name);
        }
        for (DataType type : DataType.values()) {
            if (name.asText().equals(type.name().toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new UnsupportedFeatureException("unsupported dtype "
                + MetadataJson.shown(name.isObject() ? name.path("name") : name) + " in " + location);
    }

    private static ChunkKeys keys(MetadataFields in, int rank, String location) {
        JsonNode encoding = in.get("chunk_key_encoding");
        String name = in.text("chunk_key_encoding.name", encoding.isTextual() ? encoding : encoding.path("name"), "");
        // zarr-python prefers a separator beside the name to one in the configuration
        JsonNode separator = encoding.has("separator")
                ? encoding.get("separator")
                : encoding.path("configuration").path("separator");
        return switch (name) {
            case "default" -> ChunkKeys.inOrder(in.separator("separator", separator, "/"), true, rank);
            case "v2" -> ChunkKeys.inOrder(in.separator("separator", separator, "."), false, rank);
            default ->
                throw new UnsupportedFeatureException(
                        "unsupported chunk key encoding \"" + MetadataJson.shortened(name) + "\" in " + location);
        };
    }

    private static Optional<List<Optional<String>>> dimensionNames(MetadataFields in, int rank) {
        JsonNode names = in.get("dimension_names");
        if (names.isMissingNode() || names.isNull()) {
            return Optional.empty();
        }
        if (!names.isArray() || names.size() != rank) {
            throw in.corrupt("dimension_names", names);
        }
        List<Optional<String>> parsed = new ArrayList<>();
        for (JsonNode name : names) {
            parsed.add(Optional.ofNullable(name.textValue()));
        }
        return Optional.of(List.copyOf(parsed));
    }

    /** Returns the byte order of a {@code bytes} codec; little-endian if it gives none, as in Python. */
    static ByteOrder byteOrder(JsonNode codec, MetadataFields in) {
        JsonNode endian = codec.path("configuration").path("endian");
        if (endian.isMissingNode() || endian.isNull()) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        return switch (endian.asText()) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw in.corrupt("endian", endian);
        };
    }
}
