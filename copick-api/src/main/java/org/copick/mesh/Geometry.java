package org.copick.mesh;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Vertices and the shapes that they form, in the geometry's own coordinates. */
public final class Geometry {
    /** The shapes that vertices can form. */
    public enum Kind {
        /** Triangles, called Trimesh in trimesh. */
        TRIANGLES("Trimesh"),
        /** A line through all vertices, called Path3D in trimesh. */
        LINE("Path3D"),
        /** Separate points, called PointCloud in trimesh. */
        POINTS("PointCloud");

        private final String trimeshName;

        Kind(String trimeshName) {
            this.trimeshName = trimeshName;
        }

        /** {@return the name of this kind in trimesh} */
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
     * Creates a surface of triangles. The arrays are not copied, so the caller must not change them any more.
     *
     * @param name unique within a scene
     * @param vertices x, y and z of each vertex in Å, all finite
     * @param faces three vertex numbers for each triangle
     * @return the surface, without colours
     * @throws IllegalArgumentException if the name is empty, a length is not a multiple of three, a vertex is not
     *     finite or a face uses a missing vertex
     */
    public static Geometry triangles(String name, float[] vertices, int[] faces) {
        checkVertices(name, vertices);
        if (faces.length % 3 != 0) {
            throw new IllegalArgumentException("faces need three vertex numbers each, but there are " + faces.length);
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
     * Creates separate points. The array is not copied, so the caller must not change it any more.
     *
     * @param name unique within a scene
     * @param vertices x, y and z of each point in Å, all finite
     * @return the points, without colours
     * @throws IllegalArgumentException if the name is empty, the length is not a multiple of three or a point is not
     *     finite
     */
    public static Geometry points(String name, float[] vertices) {
        checkVertices(name, vertices);
        return new Geometry(name, Kind.POINTS, vertices, new int[0], null);
    }

    /**
     * Creates a line through all vertices in order. The array is not copied, so the caller must not change it any
     * more.
     *
     * @param name unique within a scene
     * @param vertices x, y and z of each vertex in Å, all finite
     * @return the line
     * @throws IllegalArgumentException if the name is empty, the length is not a multiple of three or a vertex is not
     *     finite
     */
    public static Geometry line(String name, float[] vertices) {
        checkVertices(name, vertices);
        return new Geometry(name, Kind.LINE, vertices, new int[0], null);
    }

    /**
     * {@return this geometry with colours} The array is not copied, so the caller must not change it any more.
     *
     * @param rgba red, green, blue and alpha of each vertex
     * @throws IllegalArgumentException if there are not four bytes for each vertex, or for a line: lines lose their
     *     colours in GLB files when trimesh reads them
     */
    public Geometry withColors(byte[] rgba) {
        if (kind == Kind.LINE) {
            throw new IllegalArgumentException(name + " is a line; lines have no colours");
        }
        if (rgba.length != 4L * (vertices.length / 3)) {
            throw new IllegalArgumentException(rgba.length + " bytes of colours for " + vertices.length / 3
                    + " vertices; give four bytes for each");
        }
        return new Geometry(name, kind, vertices, faces, rgba);
    }

    /** {@return the name, unique within the scene} */
    public String name() {
        return name;
    }

    /** {@return the shape that the vertices form} */
    public Kind kind() {
        return kind;
    }

    /** {@return x, y and z of each vertex in Å} The array is not a copy and must not be changed. */
    public float[] vertices() {
        return vertices;
    }

    /**
     * {@return three vertex numbers for each triangle; empty for other kinds} The array is not a copy and must not be
     * changed.
     */
    public int[] faces() {
        return faces;
    }

    /** {@return red, green, blue and alpha of each vertex, or null} The array is not a copy and must not be changed. */
    public byte @Nullable [] colors() {
        return colors;
    }

    /**
     * {@return whether the file that the triangles were read from gives them a material}
     *
     * <p>glTF multiplies the material with {@link #colors}; trimesh shows the material instead of the colours.
     * Materials themselves are neither read nor written.
     */
    public boolean hasMaterial() {
        return hasMaterial;
    }

    /**
     * {@return the box around the vertices that are in use; empty if there are none}
     *
     * <p>For triangles, a vertex is in use if a face uses it.
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
            throw new IllegalArgumentException(
                    "vertices need three coordinates each, but there are " + vertices.length);
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
