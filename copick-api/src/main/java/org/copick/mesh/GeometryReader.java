package org.copick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.javagl.jgltf.impl.v2.GlTF;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.BufferViewModel;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.GltfModels;
import de.javagl.jgltf.model.MeshModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.v2.GltfAssetV2;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/** Loads the geometries of a description that has been checked. Each primitive of a mesh is a geometry. */
final class GeometryReader {
    static final int POINTS = 0;
    static final int LINES = 1;
    static final int TRIANGLES = 4;
    static final int STRIP = 5;

    private final GltfCheck check;
    private final String location;
    private final List<Geometry> all = new ArrayList<>();
    private final List<List<Geometry>> byMesh = new ArrayList<>();

    private GeometryReader(GltfCheck check, String location) {
        this.check = check;
        this.location = location;
    }

    static GeometryReader read(GlbContainer container, GltfCheck check, String location) {
        GeometryReader reader = new GeometryReader(check, location);
        JsonNode meshes = container.json().path("meshes");
        if (meshes.isEmpty()) {
            return reader;
        }
        GltfModel model;
        try {
            GlTF gltf = GlbContainer.MAPPER.convertValue(geometryOnly(container.json()), GlTF.class);
            model = GltfModels.create(new GltfAssetV2(gltf, container.binary()));
        } catch (RuntimeException e) {
            throw new CorruptDataException(location + " is a broken GLB file: " + e.getMessage(), e);
        }
        UniqueNames names = check.uniqueNames();
        for (int i = 0; i < meshes.size(); i++) {
            reader.readMesh(meshes.get(i), model.getMeshModels().get(i), names);
        }
        return reader;
    }

    /** In file order. */
    List<Geometry> all() {
        return all;
    }

    /** The geometries of one mesh; empty for a mesh that is not there. */
    List<Geometry> ofMesh(long mesh) {
        return mesh < byMesh.size() ? byMesh.get((int) mesh) : List.of();
    }

    /** What is needed of a description; materials and images would be decoded for nothing. */
    private static ObjectNode geometryOnly(ObjectNode json) {
        ObjectNode kept = json.objectNode();
        kept.putObject("asset").put("version", "2.0");
        for (String list : new String[] {"buffers", "bufferViews", "accessors"}) {
            if (json.has(list)) {
                kept.set(list, json.get(list).deepCopy());
            }
        }
        for (JsonNode accessor : kept.path("accessors")) {
            ((ObjectNode) accessor).remove(List.of("min", "max", "name", "extras", "extensions", "sparse"));
        }
        for (String list : new String[] {"buffers", "bufferViews"}) {
            for (JsonNode element : kept.path(list)) {
                ((ObjectNode) element).remove(List.of("name", "extras", "extensions", "target"));
            }
        }
        var meshes = kept.putArray("meshes");
        for (JsonNode mesh : json.path("meshes")) {
            var primitives = meshes.addObject().putArray("primitives");
            for (JsonNode primitive : mesh.path("primitives")) {
                ObjectNode one = primitives.addObject();
                ObjectNode attributes = one.putObject("attributes");
                for (String attribute : new String[] {"POSITION", "COLOR_0"}) {
                    if (primitive.path("attributes").has(attribute)) {
                        attributes.set(attribute, primitive.path("attributes").get(attribute));
                    }
                }
                for (String field : new String[] {"indices", "mode"}) {
                    if (primitive.has(field)) {
                        one.set(field, primitive.get(field));
                    }
                }
            }
        }
        return kept;
    }

    private void readMesh(JsonNode json, MeshModel mesh, UniqueNames names) {
        List<Geometry> own = new ArrayList<>();
        for (int i = 0; i < mesh.getMeshPrimitiveModels().size(); i++) {
            MeshPrimitiveModel primitive = mesh.getMeshPrimitiveModels().get(i);
            String unique = names.next(check.name(json, "GLTF"));
            Geometry.Kind kind = switch (primitive.getMode()) {
                case TRIANGLES, STRIP -> Geometry.Kind.TRIANGLES;
                case LINES -> Geometry.Kind.LINE;
                case POINTS -> Geometry.Kind.POINTS;
                default -> null;
            };
            if (kind == null) {
                names.release(unique);
                continue;
            }
            // a material paints over the colours of a mesh, not over those of points
            boolean painted = kind == Geometry.Kind.TRIANGLES
                    && json.path("primitives").path(i).has("material");
            own.add(geometry(unique, kind, primitive, painted));
        }
        byMesh.add(own);
        all.addAll(own);
    }

    private Geometry geometry(String name, Geometry.Kind kind, MeshPrimitiveModel primitive, boolean painted) {
        AccessorModel position = primitive.getAttributes().get("POSITION");
        if (position == null) {
            throw new CorruptDataException(location + ": a primitive has no positions");
        }
        float[] vertices = vertices(position);
        int[] faces = new int[0];
        if (kind == Geometry.Kind.TRIANGLES) {
            int[] order = primitive.getIndices() == null
                    ? sequence(position.getCount())
                    : indices(primitive.getIndices(), position.getCount());
            if (primitive.getMode() == STRIP) {
                faces = unrolled(order);
            } else if (order.length % 3 == 0) {
                faces = order;
            } else {
                throw new CorruptDataException(location + ": " + order.length + " indices make no whole triangles");
            }
        }
        AccessorModel color = primitive.getAttributes().get("COLOR_0");
        byte[] byVertex = null;
        if (color != null && !painted && kind != Geometry.Kind.LINE && color.getCount() == position.getCount()) {
            byVertex = colors(color);
        }
        return new Geometry(name, kind, vertices, faces, byVertex);
    }

    /** Whole numbers as they are: what quantized positions mean is in the transform of their node. */
    private static float[] vertices(AccessorModel accessor) {
        float[] vertices = new float[3 * accessor.getCount()];
        ByteBuffer bytes = packed(accessor);
        if (accessor.getComponentType() == GltfCheck.FLOAT) {
            bytes.asFloatBuffer().get(vertices);
            return vertices;
        }
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = switch (accessor.getComponentType()) {
                case GltfCheck.BYTE -> bytes.get(i);
                case GltfCheck.UNSIGNED_BYTE -> bytes.get(i) & 0xff;
                case GltfCheck.SHORT -> bytes.getShort(2 * i);
                default -> bytes.getShort(2 * i) & 0xffff;
            };
        }
        return vertices;
    }

    private int[] indices(AccessorModel accessor, int vertices) {
        ByteBuffer bytes = packed(accessor);
        int[] indices = new int[accessor.getCount()];
        if (accessor.getComponentType() == GltfCheck.UNSIGNED_INT) {
            bytes.asIntBuffer().get(indices);
            int greatest = 0;
            for (int index : indices) {
                // negative ones are greater than all that there can be
                greatest = Math.max(greatest, index < 0 ? Integer.MAX_VALUE : index);
            }
            if (greatest < vertices) {
                return indices;
            }
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = switch (accessor.getComponentType()) {
                case GltfCheck.UNSIGNED_BYTE -> bytes.get(i) & 0xff;
                case GltfCheck.UNSIGNED_SHORT -> bytes.getShort(2 * i) & 0xffff;
                default -> bytes.getInt(4 * i);
            };
            if (indices[i] < 0 || indices[i] >= vertices) {
                throw new CorruptDataException(
                        location + ": a face uses vertex " + Integer.toUnsignedString(indices[i]) + " of " + vertices);
            }
        }
        return indices;
    }

    /** Each three neighbours are a triangle; every other one is turned around. */
    private static int[] unrolled(int[] strip) {
        int[] faces = new int[3 * Math.max(0, strip.length - 2)];
        for (int i = 0; i < strip.length - 2; i++) {
            boolean turned = i % 2 == 1;
            faces[3 * i] = strip[turned ? i + 2 : i];
            faces[3 * i + 1] = strip[i + 1];
            faces[3 * i + 2] = strip[turned ? i : i + 2];
        }
        return faces;
    }

    private static int[] sequence(int count) {
        int[] sequence = new int[count];
        for (int i = 0; i < count; i++) {
            sequence[i] = i;
        }
        return sequence;
    }

    /** To bytes: whole numbers by glTF's normalisation, floats from 0 to 1; three components are opaque. */
    private static byte @Nullable [] colors(AccessorModel accessor) {
        int components = accessor.getElementType().getNumComponents();
        if (components != 3 && components != 4) {
            return null;
        }
        ByteBuffer bytes = packed(accessor);
        byte[] colors = new byte[4 * accessor.getCount()];
        for (int i = 0; i < accessor.getCount(); i++) {
            colors[4 * i + 3] = (byte) 255;
            for (int c = 0; c < components; c++) {
                int at = components * i + c;
                double value;
                switch (accessor.getComponentType()) {
                    case GltfCheck.UNSIGNED_BYTE -> value = bytes.get(at) & 0xff;
                    case GltfCheck.UNSIGNED_SHORT -> value = Math.rint((bytes.getShort(2 * at) & 0xffff) / 257.0);
                    case GltfCheck.FLOAT -> {
                        float portion = bytes.getFloat(4 * at);
                        value = Float.isFinite(portion) ? Math.rint(Math.max(0, Math.min(1, portion)) * 255) : 0;
                    }
                    default -> {
                        return null;
                    }
                }
                colors[4 * i + c] = (byte) (int) value;
            }
        }
        return colors;
    }

    /** The elements one behind the other: as they lie in the file where they do so there. */
    private static ByteBuffer packed(AccessorModel accessor) {
        BufferViewModel view = accessor.getBufferViewModel();
        int element = accessor.getElementSizeInBytes();
        long end = accessor.getByteOffset() + (long) element * accessor.getCount();
        if (view != null && accessor.getByteStride() == element) {
            ByteBuffer bytes = view.getBufferViewData();
            if (end <= bytes.remaining()) {
                return bytes.slice(bytes.position() + accessor.getByteOffset(), element * accessor.getCount())
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        return accessor.getAccessorData().createByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
}
