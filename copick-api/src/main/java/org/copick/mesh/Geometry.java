package org.copick.mesh;

import org.jspecify.annotations.Nullable;

/** Vertices and how they are joined, in the coordinates of the geometry itself. */
public final class Geometry {
    /** What vertices are joined to. */
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

    Geometry(String name, Kind kind, float[] vertices, int[] faces, byte @Nullable [] colors) {
        this.name = name;
        this.kind = kind;
        this.vertices = vertices;
        this.faces = faces;
        this.colors = colors;
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
     * The box around the vertices that are part of something: for triangles those that a face uses. Null where there are
     * none.
     */
    public @Nullable Bounds bounds() {
        if (kind != Kind.TRIANGLES) {
            return Bounds.of(vertices);
        }
        Bounds.Builder bounds = new Bounds.Builder();
        for (int vertex : faces) {
            int at = 3 * vertex;
            bounds.add(vertices[at], vertices[at + 1], vertices[at + 2]);
        }
        return bounds.build();
    }

    @Override
    public String toString() {
        return name + ": " + vertices.length / 3 + " vertices, " + faces.length / 3 + " faces";
    }
}
