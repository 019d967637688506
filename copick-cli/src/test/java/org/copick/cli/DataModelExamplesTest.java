package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.copick.AnnotationFilter;
import org.copick.Copick;
import org.copick.Features;
import org.copick.Level;
import org.copick.Mesh;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.config.Color;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.mesh.MeshScene;
import org.copick.mesh.Triangles;
import org.copick.picks.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten examples of the data model description in Java, on a project that Python wrote. */
final class DataModelExamplesTest {
    @TempDir
    private Path folder;

    private Root root = Copick.open(
            ProjectConfig.parse("{\"overlay_root\": \"none\", \"pickable_objects\": []}", "placeholder"), null);

    @BeforeEach
    void open() throws IOException {
        root = Copick.open(Golden.config(Golden.unpack("v1", folder), "copick.template.json"));
    }

    @AfterEach
    void close() {
        root.close();
    }

    @Test
    void printObjectsAndRuns() {
        List<String> lines = new ArrayList<>();
        for (PickableObject object : root.objects()) {
            lines.add(object.name() + ": "
                    + (object.label().isPresent() ? object.label().getAsLong() : null));
        }
        for (Run run : root.runs()) {
            lines.add("Run: " + run.name());
        }
        assertEquals(12, lines.size());
        assertEquals("proteasome: 1", lines.get(0));
        assertEquals("Run: TS_001", lines.get(6));
    }

    @Test
    void readTheDensityMapOfAnObject() {
        PickableObject proteasome = root.object("proteasome");
        Level full = proteasome.densityMap().level(0);
        float[] density = full.readFloats();
        assertArrayEquals(new long[] {21, 22, 23}, full.shape());
        assertEquals(21 * 22 * 23, density.length);
    }

    @Test
    void listTheSegmentationsOfARun() {
        List<String> names = root.run("TS_001").segmentations().stream()
                .map(Segmentation::name)
                .toList();
        assertTrue(names.contains("membrane"), names::toString);
    }

    @Test
    void listTheTomogramsOfAVoxelSpacing() {
        VoxelSpacing spacing = root.run("TS_001").voxelSpacing(10.000);
        assertEquals(
                List.of("ctf-deconv.v2", "denoised", "wbp"),
                spacing.tomograms().stream().map(Tomogram::type).toList());
    }

    @Test
    void readATomogram() {
        Tomogram tomogram = root.run("TS_001").voxelSpacing(10.000).tomogram("wbp");
        float[] unbinned = tomogram.volume().level(0).readFloats();
        float[] binnedBy2 = tomogram.volume().level(1).readFloats();
        assertEquals(37 * 50 * 61, unbinned.length);
        assertEquals(19 * 25 * 31, binnedBy2.length);
    }

    @Test
    void readAFeatureMap() {
        Features features =
                root.run("TS_001").voxelSpacing(10.000).tomogram("wbp").features("sobel");
        float[] sobel = features.volume().level(0).readFloats();
        assertEquals(37 * 50 * 61, sobel.length);
    }

    @Test
    void readPointsAsAnArray() {
        Run run = root.runs().get(0);
        Picks picks = run.picks(AnnotationFilter.any().objects("proteasome").users("anna.b-1"))
                .get(0);
        double[] xyz = picks.document().positions();
        List<Point> points = picks.points();
        assertEquals(points.size() * 3, xyz.length);
        assertEquals(points.get(0).x(), xyz[0]);
        assertEquals(28.2038, points.get(0).x());
    }

    @Test
    void readAMesh() {
        Run run = root.runs().get(0);
        Mesh mesh = run.meshes(AnnotationFilter.any().objects("membrane").users("anna.b-1"))
                .get(0);
        MeshScene scene = mesh.scene();
        assertEquals(3, scene.geometries().size());
        Triangles triangles = scene.flatten();
        assertEquals(4, scene.instances().size(), "one of the geometries is placed twice");
        assertEquals(3 * (8 + 34 + 34 + 42), triangles.vertices().length);
    }

    @Test
    void readASegmentation() {
        Run run = root.runs().get(0);
        Segmentation segmentation = run.segmentations(
                        AnnotationFilter.any().objects("membrane").users("membrain"))
                .get(0);
        Level level = segmentation.volume().level(0);
        long[] shape = level.shape();
        byte[] labels = new byte[Math.toIntExact(shape[0] * shape[1] * shape[2])];
        level.array().read(org.copick.zarr.Region.all(shape), labels);
        boolean somethingInside = false;
        for (byte label : labels) {
            somethingInside |= label == 1;
        }
        assertTrue(somethingInside);
        assertFalse(segmentation.readOnly(), "the overlay's copy");
    }

    @Test
    void readAnObjectDefinition() {
        ObjectDefinition proteasome =
                ProjectConfig.parse("""
                        {"overlay_root": "overlay", "pickable_objects": [{
                          "name": "proteasome",
                          "is_particle": true,
                          "pdb_id": "3J9I",
                          "emdb_id": "1234",
                          "identifier": "GO:0001234",
                          "label": 1,
                          "color": [255, 0, 0, 255],
                          "radius": 60,
                          "map_threshold": 0.0418
                        }]}""", "the data model").object("proteasome").orElseThrow();
        assertEquals(new Color(255, 0, 0, 255), proteasome.color());
        assertEquals(OptionalDouble.of(60.0), proteasome.radius());
        assertEquals(OptionalDouble.of(0.0418), proteasome.mapThreshold());
        assertEquals(Optional.of("3J9I"), proteasome.pdbId());
        assertEquals(Optional.of("GO:0001234"), proteasome.identifier());
    }
}
