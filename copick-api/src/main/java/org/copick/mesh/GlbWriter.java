package org.copick.mesh;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import de.javagl.jgltf.impl.v2.Accessor;
import de.javagl.jgltf.impl.v2.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.copick.error.UnsupportedFeatureException;

/**
 * Writes a GLB file: arranges the blocks, describes them in JSON, then fills one array.
 *
 * <p>JglTF's own container writer takes twice the time and three times the memory, because it copies the data from
 * buffer to buffer.
 */
final class GlbWriter {
    /** Escapes all non-ASCII characters: names may hold half a surrogate pair, which UTF-8 cannot encode. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    /** The name that Python gives to the only node of a new mesh. */
    private static final String NOTHING = "geometry_0";

    private final MeshScene scene;
    private final String location;
    private final List<GlbBlock> blocks = new ArrayList<>();
    /** The number of the first block of each geometry that has vertices. */
    private final Map<Geometry, Integer> firstBlocks = new HashMap<>();

    private long binaryBytes;

    private GlbWriter(MeshScene scene, String location) {
        this.scene = scene;
        this.location = location;
    }

    static byte[] write(MeshScene scene, String location) {
        Jgltf.access();
        GlbWriter writer = new GlbWriter(scene, location);
        writer.arrange();
        writer.checkSizes(0);
        Description json = writer.describe();
        writer.checkSizes(json.size());
        return writer.file(json);
    }

    /** Holds the JSON writer until the first scene with data: creating it takes a new process tens of milliseconds. */
    private static final class Elements {
        /** Writes JglTF's elements one by one, so that a million of them need no memory besides the description. */
        static final ObjectWriter WRITER = new ObjectMapper()
                .addMixIn(Accessor.class, AccessorOrder.class)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .writer()
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    }

    /**
     * Fixes the field order, so that a scene always gives the same bytes even if JglTF declares its fields in another
     * order.
     */
    @JsonPropertyOrder({"bufferView", "componentType", "type", "count", "normalized", "min", "max"})
    private interface AccessorOrder {}

    /** The JSON description, limited to the length that can be read again. */
    private final class Description extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (length > GlbContainer.LONGEST_JSON - count) {
                throw tooLarge("more than " + count + " bytes of description", GlbContainer.LONGEST_JSON);
            }
            super.write(bytes, offset, length);
        }

        void copyTo(ByteBuffer file) {
            file.put(buf, 0, count);
        }
    }

    private void arrange() {
        for (Geometry geometry : scene.geometries()) {
            if (geometry.vertices().length == 0) {
                // an accessor needs at least one element
                continue;
            }
            firstBlocks.put(geometry, blocks.size());
            for (GlbBlock block : GlbBlock.of(geometry, binaryBytes)) {
                blocks.add(block);
                binaryBytes += block.bytes();
            }
        }
    }

    private void checkSizes(long jsonBytes) {
        long bytes = GlbContainer.HEADER + 2L * GlbContainer.CHUNK_HEADER + padded(jsonBytes) + binaryBytes;
        if (bytes > MeshScene.LONGEST_ARRAY) {
            throw tooLarge(bytes + " bytes", MeshScene.LONGEST_ARRAY);
        }
        int elements = Math.max(blocks.size(), scene.instances().size());
        if (elements > GltfCheck.MOST_ELEMENTS) {
            throw tooLarge(elements + " accessors or nodes", GltfCheck.MOST_ELEMENTS);
        }
    }

    private UnsupportedFeatureException tooLarge(String size, long most) {
        return new UnsupportedFeatureException(location + " would need " + size + " in a GLB file, but only " + most
                + " are supported; store it as several meshes");
    }

    private byte[] file(Description json) {
        int jsonBytes = (int) padded(json.size());
        int length = GlbContainer.HEADER + 2 * GlbContainer.CHUNK_HEADER + jsonBytes + (int) binaryBytes;
        byte[] glb = new byte[length];
        ByteBuffer file = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(GlbContainer.MAGIC).putInt(2).putInt(length);
        file.putInt(jsonBytes).putInt(GlbContainer.JSON_CHUNK);
        json.copyTo(file);
        for (int i = json.size(); i < jsonBytes; i++) {
            file.put((byte) ' ');
        }
        file.putInt((int) binaryBytes).putInt(GlbContainer.BINARY_CHUNK);
        for (GlbBlock block : blocks) {
            block.put(file);
        }
        return glb;
    }

    private static long padded(long bytes) {
        return (bytes + 3) / 4 * 4;
    }

    private Description describe() {
        Description bytes = new Description();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("asset");
            json.writeStringField("version", "2.0");
            json.writeStringField("generator", "copick for Java");
            json.writeEndObject();
            boolean nothing = scene.geometries().isEmpty();
            writeScene(json, nothing ? 1 : scene.instances().size());
            if (nothing) {
                json.writeArrayFieldStart("nodes");
                json.writeStartObject();
                json.writeStringField("name", NOTHING);
                json.writeEndObject();
                json.writeEndArray();
            } else if (!scene.instances().isEmpty()) {
                writeNodes(json);
            }
            if (!blocks.isEmpty()) {
                writeMeshes(json);
                writeBuffers(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private static void writeScene(JsonGenerator json, int nodes) throws IOException {
        json.writeNumberField("scene", 0);
        json.writeArrayFieldStart("scenes");
        json.writeStartObject();
        if (nodes > 0) {
            json.writeArrayFieldStart("nodes");
            for (int i = 0; i < nodes; i++) {
                json.writeNumber(i);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void writeNodes(JsonGenerator json) throws IOException {
        Map<Geometry, Integer> meshes = new HashMap<>();
        for (Geometry geometry : scene.geometries()) {
            if (firstBlocks.containsKey(geometry)) {
                meshes.put(geometry, meshes.size());
            }
        }
        json.writeArrayFieldStart("nodes");
        for (Instance instance : scene.instances()) {
            json.writeStartObject();
            json.writeStringField("name", instance.node());
            Integer mesh = meshes.get(instance.geometry());
            if (mesh != null) {
                json.writeNumberField("mesh", mesh);
            }
            if (!instance.toScene().isIdentity()) {
                json.writeFieldName("matrix");
                json.writeArray(instance.toScene().toColumns(), 0, 16);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeMeshes(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("meshes");
        for (Geometry geometry : scene.geometries()) {
            Integer block = firstBlocks.get(geometry);
            if (block == null) {
                continue;
            }
            json.writeStartObject();
            json.writeStringField("name", geometry.name());
            json.writeArrayFieldStart("primitives");
            json.writeStartObject();
            json.writeObjectFieldStart("attributes");
            json.writeNumberField("POSITION", block);
            if (geometry.colors() != null) {
                json.writeNumberField("COLOR_0", ++block);
            }
            json.writeEndObject();
            if (geometry.kind() != Geometry.Kind.POINTS) {
                json.writeNumberField("indices", ++block);
            }
            json.writeNumberField("mode", GlbBlock.mode(geometry));
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeBuffers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("accessors");
        for (int i = 0; i < blocks.size(); i++) {
            Elements.WRITER.writeValue(json, blocks.get(i).accessor(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("bufferViews");
        for (GlbBlock block : blocks) {
            Elements.WRITER.writeValue(json, block.view());
        }
        json.writeEndArray();
        Buffer buffer = new Buffer();
        buffer.setByteLength((int) binaryBytes);
        json.writeArrayFieldStart("buffers");
        Elements.WRITER.writeValue(json, buffer);
        json.writeEndArray();
    }
}
