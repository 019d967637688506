package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Copick;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VoxelSpacing;
import org.copick.cli.project.SampleProject;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKind;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.mesh.Triangles;
import org.copick.picks.Point;
import org.copick.zarr.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the Java blocks of the tour, one after the other, on the sample project. */
final class TourTest {
    @TempDir
    private Path folder;

    @Test
    void theTourShowsWhatIsRun() throws IOException {
        Snippets.assertShown("docs/tour.md", TourTest.class, Map.of("Path.of(\"sample/copick.json\")", "config"));
        Snippets.assertCompilesAlone(String.join("\n", Snippets.blocks("docs/tour.md", "java")), folder);
    }

    @Test
    void everyBlockRuns() throws IOException {
        SampleProject.unpack(folder);
        Path config = folder.resolve("copick.json");
        // shown in docs/tour.md
        Root root = Copick.open(config);
        for (Run run : root.runs()) {
            System.out.println(run.name());
        }
        for (PickableObject object : root.objects()) {
            System.out.println(object.name() + " " + object.label() + " " + object.radius());
        }
        // end of what is shown
        try (root) {
            // shown in docs/tour.md
            Run run = root.run("TS_001");
            Tomogram tomogram = run.voxelSpacing(10).tomogram("wbp");
            float[] plane = tomogram.plane(Axis.Z, 18);
            float[] box = tomogram.level(0).readFloats(Region.at(0, 8, 8).size(4, 16, 16));
            float[] coarse = tomogram.level(1).readFloats();
            long[] shape = tomogram.level(1).shape();
            // end of what is shown
            long[] full = tomogram.level(0).shape();
            assertEquals(full[1] * full[2], plane.length);
            assertEquals(4 * 16 * 16, box.length);
            assertEquals(shape[0] * shape[1] * shape[2], coarse.length);
            picks(run);
            segmentations(root, run);
            meshes(run);
            creation(root);
        }
    }

    private static void picks(Run run) {
        // shown in docs/tour.md
        for (Picks picks : run.picks("ribosome:*")) {
            double[] xyz = picks.document().positions(); // x, y, z of the first point, then of the second …
            System.out.println(picks.userId() + " " + picks.sessionId() + " " + xyz.length / 3);
        }
        Picks toolPicks = run.picks(AnnotationId.of("ribosome").user("gapstop").session("0"));
        // end of what is shown
        assertTrue(toolPicks.points().size() > 3);
        // shown in docs/tour.md
        List<Point> points = List.of(Point.at(120.5, 300, 184), Point.at(88, 251.5, 184));
        Picks mine = run.newPicks(AnnotationId.of("ribosome").user("alice").session("java"), points);
        // end of what is shown
        assertEquals("overlay", mine.layer().name());
        // shown in docs/tour.md
        mine.write(mine.points().subList(0, 1));
        // end of what is shown
        assertEquals(1, mine.points().size());
    }

    private static void segmentations(Root root, Run run) {
        // shown in docs/tour.md
        Segmentation membrane = run.segmentations("membrane@10").get(0);
        int[] labels = membrane.level(0).readLabels();

        SegmentationId id =
                SegmentationId.multilabel("cells").at(10).user("alice").session("java");
        Segmentation cells =
                run.newSegmentation(id, VolumeData.zeros(membrane.level(0).shape()));
        cells.fill(Region.at(4, 10, 10).size(4, 10, 10), root.object("ribosome"));
        // end of what is shown
        int[] painted = cells.level(0).readLabels();
        assertEquals(labels.length, painted.length);
        long ribosome = root.object("ribosome").label().orElseThrow();
        assertEquals(
                400 * ribosome, java.util.Arrays.stream(painted).asLongStream().sum());
    }

    private static void meshes(Run run) {
        // shown in docs/tour.md
        Triangles triangles = run.meshes("membrane").get(0).scene().flatten();
        System.out.println(triangles.vertices().length / 3);
        // end of what is shown
        assertTrue(triangles.faces().length > 0);
        // shown in docs/tour.md
        Geometry triangle =
                Geometry.triangles("patch", new float[] {0, 0, 0, 100, 0, 0, 0, 100, 0}, new int[] {0, 1, 2});
        run.newMesh(AnnotationId.of("membrane").user("alice").session("java"), MeshScene.of(triangle));
        // end of what is shown
    }

    private static void creation(Root root) {
        // shown in docs/tour.md
        List<Entity> found = root.match(CopickUri.parse(EntityKind.PICKS, "ribosome:alice/*"));
        // end of what is shown
        assertTrue(found.stream().anyMatch(each -> each.location().contains("java_ribosome")), found::toString);
        // shown in docs/tour.md
        root.addObject(ObjectDefinition.particle("apoferritin-2").radius(60).build());
        Run newRun = root.newRun("TS_java");
        VoxelSpacing spacing = newRun.newVoxelSpacing(10);
        spacing.newTomogram("wbp", VolumeData.of(new float[32 * 64 * 64], 32, 64, 64));
        // end of what is shown
        assertArrayEquals(
                new long[] {32, 64, 64}, spacing.tomogram("wbp").level(0).shape());
    }
}
