package org.copick.fuzz;

import java.util.Arrays;
import org.copick.error.CopickException;
import org.copick.mesh.MeshScene;
import org.copick.mesh.Triangles;

/** Reads meshes. Triangles refer to existing vertices, and storing a stored scene again changes nothing. */
public final class GlbTarget {
    private GlbTarget() {}

    /** Runs one input; called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        MeshScene scene;
        Triangles triangles;
        try {
            scene = MeshScene.parse(input, "input");
            triangles = scene.flatten();
        } catch (CopickException refused) {
            return;
        }
        int vertices = triangles.vertices().length / 3;
        Expected.that(Arrays.stream(triangles.faces()).allMatch(vertex -> vertex >= 0 && vertex < vertices));
        byte[] stored = scene.toGlb();
        byte[] again = MeshScene.parse(stored, "again").toGlb();
        Expected.that(Arrays.equals(again, MeshScene.parse(again, "once more").toGlb()));
    }
}
