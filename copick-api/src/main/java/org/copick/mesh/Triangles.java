package org.copick.mesh;

/** The triangles of a whole scene in the scene's coordinates, ready for a viewer to draw. */
public final class Triangles {
    private final float[] vertices;
    private final int[] faces;

    Triangles(float[] vertices, int[] faces) {
        this.vertices = vertices;
        this.faces = faces;
    }

    /** {@return x, y and z of each vertex in Å} The array is not a copy. */
    public float[] vertices() {
        return vertices;
    }

    /** {@return three vertex numbers for each triangle} The array is not a copy. */
    public int[] faces() {
        return faces;
    }

    @Override
    public String toString() {
        return faces.length / 3 + " triangles of " + vertices.length / 3 + " vertices";
    }
}
