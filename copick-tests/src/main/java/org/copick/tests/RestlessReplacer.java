package org.copick.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.zarr.Region;

/** A program that repeatedly replaces one volume of each kind, each time with another value, until it is killed. */
final class RestlessReplacer {
    /** Kinds of volumes, with their folders below the project's root. */
    static final Map<String, String> PLACES = Map.of(
            "tomogram", "ExperimentRuns/TS_1/VoxelSpacing10.000/wbp.zarr/",
            "features", "ExperimentRuns/TS_1/VoxelSpacing10.000/wbp_sobel_features.zarr/",
            "segmentation", "ExperimentRuns/TS_1/InstanceSegmentations/10.000_alice_1_membrane.zarr/",
            "density map", "Objects/ribo.zarr/");

    private static final int MOST = 1 << 15;
    /** Even lengths, so that every voxel of a lower level is the mean of voxels inside the volume. */
    private static final long[] SHAPE = {8, 8, 4};

    private static final long[] FEATURES = {2, 8, 8, 4};

    private RestlessReplacer() {}

    /**
     * Runs the program. Arguments: the configuration's path, a log file for begun and finished replacements, the first
     * value.
     */
    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(arguments[1]);
        try (CopickContext context = CopickContext.builder().build();
                Root root = TestProject.open(context, arguments[0])) {
            for (int value = Integer.parseInt(arguments[2]); ; value++) {
                for (String kind : List.of("tomogram", "features", "segmentation", "density map")) {
                    tell(log, "+" + kind + " " + value);
                    write(root, kind, value);
                    tell(log, "=" + kind + " " + value);
                }
            }
        }
    }

    private static void tell(Path log, String line) throws IOException {
        Files.writeString(log, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** Writes a volume of a kind, all of whose voxels have the value. */
    static void write(Root root, String kind, int value) {
        int wrapped = 1 + value % MOST;
        VolumeOptions options = KitProject.options(2 + value % 2).onExisting(OnExisting.REPLACE);
        Run run = root.newRun("TS_1", OnExisting.REUSE);
        switch (kind) {
            case "tomogram" ->
                run.newVoxelSpacing(10, OnExisting.REUSE).newTomogram("wbp", floats(wrapped, SHAPE), options);
            case "features" -> tomogram(run).newFeatures("sobel", floats(wrapped, FEATURES), options);
            case "segmentation" ->
                run.newSegmentation(
                        SegmentationId.instance("membrane").at(10).user("alice").session("1"),
                        instances((short) wrapped),
                        options);
            default -> root.object("ribo").newDensityMap(floats(wrapped, SHAPE), 10, options);
        }
    }

    private static VolumeData floats(float value, long... shape) {
        float[] elements = new float[(int) Region.all(shape).size()];
        Arrays.fill(elements, value);
        return VolumeData.of(elements, shape);
    }

    private static VolumeData instances(short instance) {
        short[] elements = new short[(int) Region.all(SHAPE).size()];
        Arrays.fill(elements, instance);
        return VolumeData.of(elements, SHAPE);
    }

    private static Tomogram tomogram(Run run) {
        return run.voxelSpacing(10).tomogram("wbp");
    }

    /** Returns the volume of a kind, or empty if there is none. */
    static Optional<Volume> find(Root root, String kind) {
        Run run = root.run("TS_1");
        return switch (kind) {
            case "tomogram" -> run.voxelSpacing(10).findTomogram("wbp").map(Tomogram::volume);
            case "features" -> tomogram(run).findFeatures("sobel").map(found -> found.volume());
            case "segmentation" ->
                run.findSegmentation(SegmentationId.instance("membrane")
                                .at(10)
                                .user("alice")
                                .session("1"))
                        .map(found -> found.volume());
            default -> root.object("ribo").findDensityMap();
        };
    }

    /** Returns the distinct values of the voxels of all levels. */
    static Set<Integer> values(List<Level> levels) {
        Set<Integer> values = new TreeSet<>();
        for (Level level : levels) {
            for (float voxel : level.readFloats(Region.all(level.shape()))) {
                values.add((int) voxel);
            }
        }
        return values;
    }

    /**
     * Returns the allowed values of each kind according to a log: the last acknowledged value and all that were begun
     * since.
     */
    static Map<String, Set<Integer>> allowed(List<String> log) {
        Map<String, Set<Integer>> allowed = new HashMap<>();
        for (String line : log) {
            String kind = line.substring(1, line.lastIndexOf(' '));
            int value = 1 + Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)) % MOST;
            Set<Integer> values = allowed.computeIfAbsent(kind, none -> new HashSet<>());
            if (line.startsWith("=")) {
                values.clear();
            }
            values.add(value);
        }
        return allowed;
    }
}
