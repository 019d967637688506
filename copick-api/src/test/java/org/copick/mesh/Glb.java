package org.copick.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Builds GLB files, valid and invalid ones. */
final class Glb {
    /** Writes NaN and Infinity as Python does. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    final ObjectNode json = MAPPER.createObjectNode();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    Glb() {
        json.putObject("asset").put("version", "2.0");
        for (String list : new String[] {"bufferViews", "accessors", "meshes", "nodes"}) {
            json.putArray(list);
        }
    }

    /** Returns a file with one triangle, placed once. Its positions are view and accessor 0, its indices number 1. */
    static Glb triangle() {
        Glb glb = new Glb();
        glb.floats("VEC3", 0, 0, 0, 10, 0, 0, 0, 10, 0);
        glb.accessor(glb.view(new byte[] {0, 0, 1, 0, 2, 0}), GltfCheck.UNSIGNED_SHORT, "SCALAR", 3);
        ObjectNode primitive =
                glb.list("meshes").addObject().putArray("primitives").addObject();
        primitive.putObject("attributes").put("POSITION", 0);
        primitive.put("indices", 1);
        glb.list("nodes").addObject().put("mesh", 0);
        glb.json.putArray("scenes").addObject().putArray("nodes").add(0);
        return glb;
    }

    ArrayNode list(String name) {
        return (ArrayNode) json.get(name);
    }

    /** Returns the first primitive of the first mesh. */
    ObjectNode primitive() {
        return (ObjectNode) json.at("/meshes/0/primitives/0");
    }

    ObjectNode object(String pointer) {
        return (ObjectNode) json.at(pointer);
    }

    /** Adds a buffer view of these bytes and returns its index. */
    int view(byte[] bytes) {
        while (binary.size() % 4 != 0) {
            binary.write(0);
        }
        list("bufferViews")
                .addObject()
                .put("buffer", 0)
                .put("byteOffset", binary.size())
                .put("byteLength", bytes.length);
        binary.writeBytes(bytes);
        return list("bufferViews").size() - 1;
    }

    int accessor(int view, int componentType, String type, int count) {
        list("accessors")
                .addObject()
                .put("bufferView", view)
                .put("componentType", componentType)
                .put("type", type)
                .put("count", count);
        return list("accessors").size() - 1;
    }

    int floats(String type, float... values) {
        int components = type.equals("VEC4") ? 4 : 3;
        return accessor(view(floatBytes(values)), GltfCheck.FLOAT, type, values.length / components);
    }

    /** Returns the {@code sparse} part of an accessor, which replaces some elements, with new views for its data. */
    ObjectNode sparse(int count, int indexType, byte[] indices, byte[] values) {
        ObjectNode sparse = json.objectNode().put("count", count);
        sparse.putObject("indices").put("bufferView", view(indices)).put("componentType", indexType);
        sparse.putObject("values").put("bufferView", view(values));
        return sparse;
    }

    static byte[] floatBytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    byte[] bytes() {
        if (!json.has("buffers")) {
            json.putArray("buffers").addObject().put("byteLength", binary.size());
        }
        try {
            return container(MAPPER.writeValueAsBytes(json), binary.toByteArray());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    MeshScene scene() {
        return MeshScene.parse(bytes(), "mesh");
    }

    static JsonNode value(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static byte[] container(byte[] json, byte[] binary) {
        byte[] text = Arrays.copyOf(json, (json.length + 3) / 4 * 4);
        Arrays.fill(text, json.length, text.length, (byte) ' ');
        byte[] data = Arrays.copyOf(binary, (binary.length + 3) / 4 * 4);
        int length = 12 + 8 + text.length + 8 + data.length;
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("glTF".getBytes(StandardCharsets.US_ASCII)).putInt(2).putInt(length);
        file.putInt(text.length).put("JSON".getBytes(StandardCharsets.US_ASCII)).put(text);
        file.putInt(data.length).put(new byte[] {'B', 'I', 'N', 0}).put(data);
        return file.array();
    }

    /** Reads a file that Python wrote. */
    static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Glb.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
