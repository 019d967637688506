package org.copick.tests;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.copick.zarr.ImageFormat;

/** The sample project of the kit: two runs with an entity of every kind, and factories for their contents. */
final class KitProject {
    static final long[] SHAPE = {6, 5, 4};
    static final String CONFIG = "project.json";

    private KitProject() {}

    /** Returns the configuration of a project on these roots; {@code shared} may be empty. */
    static byte[] config(String overlay, String shared) {
        return """
                {"name": "sample", "overlay_root": "%s", %s "pickable_objects": [
                   {"name": "ribo", "is_particle": true, "label": 1, "radius": 150.0},
                   {"name": "mt", "is_particle": true, "label": 2, "metadata": {"copick": {"filament": {}}}},
                   {"name": "membrane", "is_particle": false, "label": 3}]}
                """.formatted(overlay, shared.isEmpty() ? "" : "\"static_root\": \"" + shared + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Fills an empty project with the sample entities. */
    static void fill(Root root) {
        root.object("ribo").newDensityMap(floats(1), 10, options(2));
        Run run = root.newRun("TS_1");
        VoxelSpacing spacing = run.newVoxelSpacing(10);
        Tomogram tomogram = spacing.newTomogram("wbp", floats(1), options(2));
        tomogram.newFeatures("sobel", features(1), options(3));
        run.newPicks(AnnotationId.of("ribo").user("alice").session("1"), points(1));
        run.newFilaments(AnnotationId.of("mt").user("alice").session("1"), filaments("TS_1", 1));
        run.newMesh(AnnotationId.of("membrane").user("alice").session("1"), mesh(1));
        run.newSegmentation(
                SegmentationId.binary("membrane").at(10).user("alice").session("1"), labels(1), options(3));
        run.newSegmentation(
                SegmentationId.multilabel("all").at(10).user("alice").session("1"), labels(1), options(2));
        Run other = root.newRun("TS_2");
        other.newVoxelSpacing(10).newTomogram("wbp", floats(3), options(3));
        other.newPicks(AnnotationId.of("ribo").user("alice").session("1"), points(2));
    }

    /** Returns options for two levels; the first level has two chunks. */
    static VolumeOptions options(int version) {
        ImageFormat format = version == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3;
        return VolumeOptions.defaults().format(format.withChunk(4, 6, 4)).levels(2);
    }

    static VolumeData floats(float value) {
        float[] elements = new float[6 * 5 * 4];
        Arrays.fill(elements, value);
        return VolumeData.of(elements, SHAPE);
    }

    static VolumeData features(float value) {
        float[] elements = new float[2 * 6 * 5 * 4];
        Arrays.fill(elements, value);
        return VolumeData.of(elements, 2, 6, 5, 4);
    }

    static VolumeData labels(int label) {
        return labels(label, 6, 5, 4);
    }

    static VolumeData labels(int label, int z, int y, int x) {
        byte[] elements = new byte[z * y * x];
        Arrays.fill(elements, (byte) label);
        return VolumeData.of(elements, z, y, x);
    }

    static List<Point> points(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> Point.at(i, 2.0 * i, 3))
                .toList();
    }

    static FilamentsDocument filaments(String run, int count) {
        List<Filament> filaments = java.util.stream.LongStream.rangeClosed(1, count)
                .mapToObj(id -> Filament.of(id, Polyline.of(0, 0, 0, 10, 0, 0, 20, 0, (double) id)))
                .toList();
        return FilamentsDocument.empty("mt", "alice", "1", run).withFilaments(filaments);
    }

    static MeshScene mesh(float size) {
        return MeshScene.of(
                Geometry.triangles("surface", new float[] {0, 0, 0, size, 0, 0, 0, size, 0}, new int[] {0, 1, 2}));
    }
}
