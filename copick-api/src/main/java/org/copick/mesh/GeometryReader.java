package org.copick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.javagl.jgltf.impl.v2.GlTF;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.GltfModels;
import de.javagl.jgltf.model.io.v2.GltfAssetV2;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/** Loads the geometries of a checked description. Each primitive of a mesh becomes a geometry. */
final class GeometryReader {
    static final int POINTS = 0;
    static final int LINES = 1;
    static final int LINE_LOOP = 2;
    static final int TRIANGLES = 4;
    static final int STRIP = 5;
    static final int FAN = 6;

    private final GltfCheck check;
    private final String location;
    private final Findings findings;
    private final List<Geometry> all = new ArrayList<>();
    private final List<List<Geometry>> byMesh = new ArrayList<>();

    private GeometryReader(GltfCheck check, String location, Findings findings) {
        this.check = check;
        this.location = location;
        this.findings = findings;
    }

    static GeometryReader read(GlbContainer container, GltfCheck check, String location, Findings findings) {
        GeometryReader reader = new GeometryReader(check, location, findings);
        JsonNode meshes = container.json().path("meshes");
        if (meshes.isEmpty()) {
            return reader;
        }
        Jgltf.access();
        GltfModel model;
        try {
            GlTF gltf = GlbContainer.MAPPER.convertValue(geometryOnly(container.json()), GlTF.class);
            model = GltfModels.create(new GltfAssetV2(gltf, container.binary()));
        } catch (RuntimeException e) {
            throw new CorruptDataException(location + " is a broken GLB file: " + e.getMessage(), e);
        }
        AccessorReader accessors = new AccessorReader(container, model.getAccessorModels(), location);
        UniqueNames names = check.uniqueNames();
        for (int i = 0; i < meshes.size(); i++) {
            reader.readMesh(meshes.get(i), accessors, names);
        }
        return reader;
    }

    /** Returns all geometries in file order. */
    List<Geometry> all() {
        return all;
    }

    /** Returns the geometries of one mesh; empty for a missing mesh. */
    List<Geometry> ofMesh(long mesh) {
        return mesh < byMesh.size() ? byMesh.get((int) mesh) : List.of();
    }

    boolean hasMesh(long mesh) {
        return mesh < byMesh.size();
    }

    /**
     * Returns the parts of a description that geometries need, because the parser would also decode materials and
     * images.
     */
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
            if (accessor.path("count").intValue() == 0) {
                // glTF does not allow a count of 0, and the parser refuses it, but some programs write it; nothing
                // reads the element that this adds
                ((ObjectNode) accessor).put("count", 1).remove(List.of("bufferView", "byteOffset"));
            }
        }
        for (String list : new String[] {"buffers", "bufferViews"}) {
            for (JsonNode element : kept.path(list)) {
                ((ObjectNode) element).remove(List.of("name", "extras", "extensions", "target"));
            }
        }
        return kept;
    }

    private void readMesh(JsonNode json, AccessorReader accessors, UniqueNames names) {
        List<Geometry> own = new ArrayList<>();
        JsonNode primitives = json.path("primitives");
        for (int i = 0; i < primitives.size(); i++) {
            JsonNode primitive = primitives.get(i);
            String unique = names.next(check.name(json, "GLTF"));
            int mode = mode(primitive);
            Geometry.Kind kind = switch (mode) {
                case TRIANGLES, STRIP, FAN -> Geometry.Kind.TRIANGLES;
                case LINES -> Geometry.Kind.LINE;
                case POINTS -> Geometry.Kind.POINTS;
                default -> null;
            };
            if (kind == null) {
                findings.addLoss(
                        (mode == LINE_LOOP ? "line loops" : "line strips") + " are not read, so not shown", unique);
                names.release(unique);
                continue;
            }
            own.add(geometry(unique, kind, primitive, accessors));
        }
        if (NodeTree.isAnyNotZero(json.path("weights"))) {
            own.forEach(geometry -> findings.addLoss("morph targets are not applied; geometries", geometry.name()));
        }
        byMesh.add(own);
        all.addAll(own);
    }

    private Geometry geometry(String name, Geometry.Kind kind, JsonNode primitive, AccessorReader accessors) {
        int mode = mode(primitive);
        int position = primitive.path("attributes").path("POSITION").intValue();
        int count = accessors.count(position);
        float[] vertices = accessors.vertices(position);
        @Nullable JsonNode indices = primitive.get("indices");
        int[] faces = new int[0];
        if (kind == Geometry.Kind.TRIANGLES) {
            int[] order = indices == null ? sequence(count) : accessors.indices(indices.intValue(), count);
            if (mode == TRIANGLES && order.length % 3 != 0) {
                throw new CorruptDataException(
                        location + ": triangles have " + order.length + " indices, which is not a multiple of 3");
            }
            faces = switch (mode) {
                case STRIP -> unrolled(order);
                case FAN -> spread(order);
                default -> order;
            };
        } else if (kind == Geometry.Kind.LINE) {
            checkLine(
                    name,
                    vertices,
                    indices == null ? sequence(count) : accessors.indices(indices.intValue(), Integer.MAX_VALUE),
                    indices != null);
        }
        JsonNode color = primitive.path("attributes").path("COLOR_0");
        byte[] byVertex = null;
        if (!color.isMissingNode() && kind != Geometry.Kind.LINE && accessors.count(color.intValue()) == count) {
            byVertex = accessors.colors(color.intValue());
        }
        if (mode == FAN) {
            findings.addForPython("triangle fans, which Python copick skips", name);
        }
        if (accessors.isSparse(position) || (indices != null && accessors.isSparse(indices.intValue()))) {
            findings.addForPython("sparse data, of which Python copick reads only the base values", name);
        }
        if (accessors.isNormalized(position)) {
            findings.addForPython("positions as normalised integers, which Python copick reads too large", name);
        }
        countNotFinite(name, vertices);
        boolean hasMaterial = kind == Geometry.Kind.TRIANGLES && primitive.has("material");
        return new Geometry(name, kind, vertices, faces, byVertex, hasMaterial);
    }

    /** Reports a line whose segments do not join all vertices in order. Like trimesh, lines are read as if they did. */
    private void checkLine(String name, float[] vertices, int[] ends, boolean indexed) {
        int last = vertices.length / 3 - 1;
        boolean isOneLine = ends.length % 2 == 0 && (!indexed || ends.length == 2 * Math.max(1, last));
        for (int i = 1; i < ends.length && isOneLine; i++) {
            int from = ends[i - 1];
            int to = ends[i];
            if (from > last || to > last) {
                isOneLine = false;
            } else if (i % 2 == 0) {
                isOneLine = from == to || same(vertices, from, to);
            } else if (indexed) {
                isOneLine = to == Math.min(from + 1, last);
            }
        }
        if (!isOneLine) {
            findings.addLoss("separate lines are read as one line through all vertices", name);
        }
    }

    private static boolean same(float[] vertices, int a, int b) {
        return vertices[3 * a] == vertices[3 * b]
                && vertices[3 * a + 1] == vertices[3 * b + 1]
                && vertices[3 * a + 2] == vertices[3 * b + 2];
    }

    private void countNotFinite(String name, float[] vertices) {
        int count = 0;
        for (int i = 0; i < vertices.length; i += 3) {
            // zero times a number that is not finite is NaN
            count += 0 * vertices[i] + 0 * vertices[i + 1] + 0 * vertices[i + 2] == 0 ? 0 : 1;
        }
        if (count > 0) {
            findings.addLoss("vertices with coordinates that are not finite", count + " of " + name);
        }
    }

    private static int mode(JsonNode primitive) {
        return primitive.path("mode").asInt(TRIANGLES);
    }

    /**
     * Returns the triangles of a strip: each three neighbours, with every second triangle reversed.
     *
     * <p>Triangles without an area, which join strips, are kept as in trimesh, so that face numbers match the file.
     */
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

    /**
     * Returns the triangles of a fan: each two neighbours with the first vertex, which comes last as glTF defines it.
     */
    private static int[] spread(int[] fan) {
        int[] faces = new int[3 * Math.max(0, fan.length - 2)];
        for (int i = 0; i < fan.length - 2; i++) {
            faces[3 * i] = fan[i + 1];
            faces[3 * i + 1] = fan[i + 2];
            faces[3 * i + 2] = fan[0];
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
}
