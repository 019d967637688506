package org.copick.mesh;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vertices and how they are joined, in the coordinates of the geometry itself. */
public final class Geometry {
    /** The shapes that vertices are joined to. */
    public enum Kind {
        /** Triangles; what trimesh calls a Trimesh. */
        TRIANGLES("Trimesh"),
        /** A line through all vertices; what trimesh calls a Path3D. */
        LINE("Path3D"),
        /** Nothing; what trimesh calls a PointCloud. */
        POINTS("PointCloud");

        private final String trimeshName;

        Kind(String trimeshName) {
            this.trimeshName = trimeshName;
        }

        public String trimeshName() {
            return trimeshName;
        }
    }

    private final String name;
    private final Kind kind;
    private final float[] vertices;
    private final int[] faces;
    private final byte @Nullable [] colors;
    private final boolean hasMaterial;

    Geometry(String name, Kind kind, float[] vertices, int[] faces, byte @Nullable [] colors) {
        this(name, kind, vertices, faces, colors, false);
    }

    Geometry(String name, Kind kind, float[] vertices, int[] faces, byte @Nullable [] colors, boolean hasMaterial) {
        this.hasMaterial = hasMaterial;
        this.name = name;
        this.kind = kind;
        this.vertices = vertices;
        this.faces = faces;
        this.colors = colors;
    }

    /**
     * A surface of triangles. The arrays are taken, not copied, and must not be changed any more.
     *
     * @param name unique within a scene
     * @param vertices x, y and z of each vertex in Å, all finite
     * @param faces three vertex numbers for each triangle
     * @throws IllegalArgumentException when the name is empty, a length is no multiple of three, a vertex is not finite or
     *     a face uses a vertex that is not there
     */
    public static Geometry triangles(String name, float[] vertices, int[] faces) {
        checkVertices(name, vertices);
        if (faces.length % 3 != 0) {
            throw new IllegalArgumentException(faces.length + " vertex numbers make no whole triangles");
        }
        for (int i = 0; i < faces.length; i++) {
            if (faces[i] < 0 || faces[i] >= vertices.length / 3) {
                throw new IllegalArgumentException(
                        "face " + i / 3 + " uses vertex " + faces[i] + " of " + vertices.length / 3);
            }
        }
        return new Geometry(name, Kind.TRIANGLES, vertices, faces, null);
    }

    /**
     * Points that nothing joins. The array is taken, not copied, and must not be changed any more.
     *
     * @param name unique within a scene
     * @param vertices x, y and z of each point in Å, all finite
     * @throws IllegalArgumentException when the name is empty, the length is no multiple of three or a point is not finite
     */
    public static Geometry points(String name, float[] vertices) {
        checkVertices(name, vertices);
        return new Geometry(name, Kind.POINTS, vertices, new int[0], null);
    }

    /**
     * A line from the first vertex through all others to the last. The array is taken, not copied, and must not be changed
     * any more.
     *
     * @param name unique within a scene
     * @param vertices x, y and z of each vertex in Å, all finite
     * @throws IllegalArgumentException when the name is empty, the length is no multiple of three or a vertex is not finite
     */
    public static Geometry line(String name, float[] vertices) {
        checkVertices(name, vertices);
        return new Geometry(name, Kind.LINE, vertices, new int[0], null);
    }

    /**
     * The same geometry with colours. The array is taken, not copied, and must not be changed any more.
     *
     * @param rgba red, green, blue and alpha of each vertex
     * @throws IllegalArgumentException when there are not four bytes for each vertex, or for a line: lines lose their
     *     colours in GLB files when trimesh reads them
     */
    public Geometry withColors(byte[] rgba) {
        if (kind == Kind.LINE) {
            throw new IllegalArgumentException(name + " is a line; lines have no colours");
        }
        if (rgba.length != 4L * (vertices.length / 3)) {
            throw new IllegalArgumentException(
                    rgba.length + " bytes are not four for each of " + vertices.length / 3 + " vertices");
        }
        return new Geometry(name, kind, vertices, faces, rgba);
    }

    /** Unique within the scene. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** x, y and z of each vertex in Å. The array itself, not to be changed. */
    public float[] vertices() {
        return vertices;
    }

    /** Three vertex numbers for each triangle; empty for other kinds. The array itself, not to be changed. */
    public int[] faces() {
        return faces;
    }

    /** Red, green, blue and alpha of each vertex, or null. The array itself, not to be changed. */
    public byte @Nullable [] colors() {
        return colors;
    }

    /**
     * Whether the file that the triangles were read from gives them a material. glTF multiplies it with {@link #colors};
     * trimesh shows it instead of them. A material itself is neither read nor written.
     */
    public boolean hasMaterial() {
        return hasMaterial;
    }

    /**
     * The box around the vertices that are part of something: for triangles those that a face uses. Empty where there are
     * none.
     */
    public Optional<Bounds> bounds() {
        if (kind != Kind.TRIANGLES) {
            return Optional.ofNullable(Bounds.of(vertices));
        }
        Bounds.Builder bounds = new Bounds.Builder();
        for (int vertex : faces) {
            int at = 3 * vertex;
            bounds.add(vertices[at], vertices[at + 1], vertices[at + 2]);
        }
        return Optional.ofNullable(bounds.build());
    }

    private static void checkVertices(String name, float[] vertices) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a geometry needs a name");
        }
        if (vertices.length % 3 != 0) {
            throw new IllegalArgumentException(vertices.length + " numbers make no whole vertices");
        }
        for (int i = 0; i < vertices.length; i++) {
            if (!Float.isFinite(vertices[i])) {
                throw new IllegalArgumentException("vertex " + i / 3 + " is not finite: it has " + vertices[i]);
            }
        }
    }

    @Override
    public String toString() {
        return name + ": " + vertices.length / 3 + " vertices, " + faces.length / 3 + " faces";
    }
}
