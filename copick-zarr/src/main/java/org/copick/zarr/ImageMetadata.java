package org.copick.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.copick.internal.json.JsonTree;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/**
 * Writes the metadata documents of an image, with the content that Python copick gives them (spec sections 6.2 and
 * 11.1).
 */
final class ImageMetadata {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final ImageSpec spec;
    private final ImageFormat format;
    private final List<double[]> scales;

    /**
     * Prepares the documents.
     *
     * @param scales the size of a voxel along each axis, for each level
     */
    ImageMetadata(ImageSpec spec, ImageFormat format, List<double[]> scales) {
        this.spec = spec;
        this.format = format;
        this.scales = scales;
    }

    /** Deletes the metadata that make an image visible. */
    static void deleteFrom(ObjectStore store) {
        store.deleteAll(List.of(Zarr.V3, Zarr.V2_GROUP, Zarr.V2_ATTRIBUTES, Zarr.V2_CONSOLIDATED));
    }

    /** Writes all documents, the group's last. */
    void write(ObjectStore store, List<long[]> shapes) {
        for (int level = 0; level < shapes.size(); level++) {
            ObjectNode array = format.zarrFormat() == 2 ? array2(shapes.get(level)) : array3(shapes.get(level));
            put(store, level + "/" + (format.zarrFormat() == 2 ? Zarr.V2_ARRAY : Zarr.V3), array);
        }
        if (format.zarrFormat() == 2) {
            ObjectNode attributes = MAPPER.createObjectNode();
            attributes.putArray("multiscales").add(image());
            put(store, Zarr.V2_ATTRIBUTES, attributes);
            put(store, Zarr.V2_GROUP, MAPPER.createObjectNode().put("zarr_format", 2));
        } else {
            ObjectNode group = MAPPER.createObjectNode().put("zarr_format", 3).put("node_type", "group");
            ObjectNode ome = group.putObject("attributes").putObject("ome").put("version", "0.5");
            ome.putArray("multiscales").add(image());
            put(store, Zarr.V3, group);
        }
    }

    /** Writes only a group. */
    static void writeEmpty(ObjectStore store, int zarrFormat) {
        ObjectNode group = MAPPER.createObjectNode().put("zarr_format", zarrFormat);
        if (zarrFormat == 2) {
            put(store, Zarr.V2_GROUP, group);
        } else {
            group.put("node_type", "group").putObject("attributes");
            put(store, Zarr.V3, group);
        }
    }

    private ObjectNode image() {
        ObjectNode image = MAPPER.createObjectNode();
        ArrayNode axes = image.putArray("axes");
        spec.leading().ifPresent(axis -> {
            ObjectNode leading = axes.addObject().put("name", axis.name());
            axis.type().ifPresent(type -> leading.put("type", type));
            axis.unit().ifPresent(unit -> leading.put("unit", unit));
        });
        for (String name : new String[] {"z", "y", "x"}) {
            axes.addObject().put("name", name).put("type", "space").put("unit", "angstrom");
        }
        ArrayNode datasets = image.putArray("datasets");
        for (int level = 0; level < scales.size(); level++) {
            ObjectNode dataset = datasets.addObject().put("path", Integer.toString(level));
            ObjectNode transformation =
                    dataset.putArray("coordinateTransformations").addObject().put("type", "scale");
            ArrayNode scale = transformation.putArray("scale");
            for (double along : scales.get(level)) {
                scale.add(along);
            }
        }
        JsonNode metadata = JsonTree.object(spec.further()).get("metadata");
        if (metadata != null && (format.zarrFormat() == 2 || metadata.isObject())) {
            image.set("metadata", metadata);
        } else if (format.zarrFormat() == 2) {
            image.putObject("metadata");
        }
        image.put("name", "/");
        if (format.zarrFormat() == 2) {
            image.put("version", "0.4");
        }
        return image;
    }

    private ObjectNode array2(long[] shape) {
        ObjectNode array = MAPPER.createObjectNode();
        ArrayNode chunks = array.putArray("chunks");
        if (shape.length == 4) {
            chunks.add(1);
        }
        for (int length : format.chunk()) {
            chunks.add(length);
        }
        array.putObject("compressor")
                .put("blocksize", 0)
                .put("clevel", 5)
                .put("cname", "lz4")
                .put("id", "blosc")
                .put("shuffle", 1);
        array.put("dimension_separator", "/");
        array.put("dtype", (spec.type().bytes() == 1 ? "|" : "<") + spec.type().code());
        putZero(array);
        array.putNull("filters");
        array.put("order", "C");
        put(array.putArray("shape"), shape);
        return array.put("zarr_format", 2);
    }

    private ObjectNode array3(long[] shape) {
        ObjectNode array = MAPPER.createObjectNode();
        put(array.putArray("shape"), shape);
        array.put("data_type", spec.type().name().toLowerCase(Locale.ROOT));
        long[] shard = shape.clone();
        long[] inner = new long[shape.length];
        if (shape.length == 4) {
            shard[0] = spec.leadingInOneShard() ? shape[0] : 1;
            inner[0] = 1;
        }
        for (int i = 0; i < 3; i++) {
            int axis = shape.length - 3 + i;
            inner[axis] = format.chunk()[i];
            shard[axis] = (shape[axis] + inner[axis] - 1) / inner[axis] * inner[axis];
        }
        ObjectNode grid = array.putObject("chunk_grid").put("name", "regular");
        put(grid.putObject("configuration").putArray("chunk_shape"), shard);
        ObjectNode keys = array.putObject("chunk_key_encoding").put("name", "v2");
        keys.putObject("configuration").put("separator", "/");
        putZero(array);
        ObjectNode sharding = array.putArray("codecs").addObject().put("name", "sharding_indexed");
        ObjectNode config = sharding.putObject("configuration");
        put(config.putArray("chunk_shape"), inner);
        ArrayNode codecs = config.putArray("codecs");
        ObjectNode bytes = codecs.addObject().put("name", "bytes");
        if (spec.type().bytes() > 1) {
            bytes.putObject("configuration").put("endian", "little");
        }
        if (spec.type().isFloat()) {
            ObjectNode shuffle = codecs.addObject().put("name", "numcodecs.shuffle");
            shuffle.putObject("configuration").put("elementsize", spec.type().bytes());
        }
        ObjectNode zstd = codecs.addObject().put("name", "zstd");
        zstd.putObject("configuration").put("level", 3).put("checksum", false);
        ArrayNode index = config.putArray("index_codecs");
        index.addObject().put("name", "bytes").putObject("configuration").put("endian", "little");
        index.addObject().put("name", "crc32c");
        config.put("index_location", "end");
        array.putObject("attributes");
        ArrayNode names = array.putArray("dimension_names");
        spec.leading().ifPresent(axis -> names.add(axis.name()));
        names.add("z").add("y").add("x");
        array.put("zarr_format", 3).put("node_type", "array");
        array.putArray("storage_transformers");
        return array;
    }

    private void putZero(ObjectNode array) {
        if (spec.type() == DataType.BOOL) {
            array.put("fill_value", false);
        } else if (spec.type().isFloat()) {
            array.put("fill_value", 0.0);
        } else {
            array.put("fill_value", 0);
        }
    }

    private static void put(ArrayNode list, long[] lengths) {
        for (long length : lengths) {
            list.add(length);
        }
    }

    /** Writes a document as Python's json module does: indented by four spaces, keys sorted. */
    private static void put(ObjectStore store, String key, ObjectNode document) {
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            Object sorted = MAPPER.treeToValue(document, Object.class);
            store.write(key, MAPPER.writer(printer).writeValueAsBytes(sorted), WriteCondition.ANY);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot serialise the metadata " + key, e);
        }
    }
}
