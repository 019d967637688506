package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.copick.Mesh;
import org.copick.mesh.Bounds;
import org.copick.mesh.Geometry;
import org.copick.mesh.Instance;
import org.copick.mesh.MeshScene;
import org.jspecify.annotations.Nullable;

/** The description of a mesh in a manifest. */
final class MeshDescription {
    private MeshDescription() {}

    static Content of(Mesh mesh) {
        MeshScene scene = mesh.scene();
        return json -> write(json, scene);
    }

    private static void write(JsonGenerator json, MeshScene scene) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "mesh");
        writeBounds(json, scene.bounds().orElse(null));
        json.writeArrayFieldStart("geometries");
        for (Geometry geometry : scene.geometries()) {
            write(json, geometry);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("nodes");
        for (Instance instance : scene.instances()) {
            json.writeStartObject();
            json.writeStringField("node", instance.node());
            json.writeStringField("geometry", instance.geometry().name());
            json.writeArrayFieldStart("matrix");
            double[] matrix = instance.matrix();
            for (int row = 0; row < 4; row++) {
                json.writeStartArray();
                for (int column = 0; column < 4; column++) {
                    ManifestJson.write(json, matrix[4 * row + column]);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Geometry geometry) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", geometry.name());
        json.writeStringField("type", geometry.kind().trimeshName());
        json.writeNumberField("vertices", geometry.vertices().length / 3);
        json.writeNumberField("faces", geometry.faces().length / 3);
        writeBounds(json, geometry.bounds().orElse(null));
        byte[] vertices = new byte[Math.multiplyExact(geometry.vertices().length, 4)];
        littleEndian(vertices).asFloatBuffer().put(geometry.vertices());
        json.writeStringField("vertices_sha256", sha256(vertices));
        byte[] faces = new byte[Math.multiplyExact(geometry.faces().length, 4)];
        littleEndian(faces).asIntBuffer().put(geometry.faces());
        json.writeStringField("faces_sha256", sha256(faces));
        // digests equal those that Python computes, and its trimesh ignores colours when there is a material
        byte[] colors = geometry.hasMaterial() ? null : geometry.colors();
        json.writeStringField("colors_sha256", colors == null ? null : sha256(colors));
        json.writeEndObject();
    }

    private static void writeBounds(JsonGenerator json, @Nullable Bounds bounds) throws IOException {
        if (bounds == null) {
            json.writeNullField("bounds");
            return;
        }
        json.writeArrayFieldStart("bounds");
        for (double[] corner : new double[][] {
            {bounds.minX(), bounds.minY(), bounds.minZ()}, {bounds.maxX(), bounds.maxY(), bounds.maxZ()}
        }) {
            json.writeStartArray();
            for (double coordinate : corner) {
                ManifestJson.write(json, coordinate);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
