package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.copick.Annotation;
import org.copick.AnnotationId;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VoxelSpacing;
import org.copick.entity.SegmentationType;
import org.copick.picks.Point;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares everything that projects show of generated rows and overlays with what {@link PortalOracle} says. Each test
 * has the seed in its name; {@code -Dportal.seed=N} runs one seed.
 */
final class GeneratedPortalTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        Long one = Long.getLong("portal.seed");
        return one == null ? LongStream.range(0, 40) : LongStream.of(one);
    }

    /** Returns how many runs a seed has: mostly few, sometimes more than 100 or 250, so that they are asked in pages. */
    private static int runs(long seed, Random random) {
        return switch ((int) seed) {
            case 3 -> 101 + random.nextInt(30);
            case 7 -> 251 + random.nextInt(30);
            default -> 1 + random.nextInt(12);
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void showsWhatTheSpecificationSays(long seed) throws IOException {
        Random random = new Random(seed);
        GeneratedRows rows = new GeneratedRows(random, runs(seed, random));
        GeneratedOverlay overlay = GeneratedOverlay.generate(random, rows);
        overlay.write(folder.resolve("overlay"));
        bucket(rows);
        PortalOracle oracle = new PortalOracle(rows, overlay);
        try (PortalServer server = new PortalServer(rows.copy())) {
            try (PortalProject project = open(server, rows)) {
                compare(oracle, project.root, seed);
                write(project.root, overlay, oracle.runs(), random);
            }
            try (PortalProject project = open(server, rows)) {
                assertEquals(
                        rows.objects.size() == 6 ? 1 : 0,
                        project.root.unparsableNames().size());
                List<String> names = new ArrayList<>(oracle.runs());
                Collections.shuffle(names, random);
                for (String name : names.subList(0, Math.min(5, names.size()))) { // before the runs are listed
                    compare(oracle, project.root.run(name), seed);
                }
                compare(oracle, project.root, seed);
            }
        }
    }

    private PortalProject open(PortalServer server, GeneratedRows rows) throws IOException {
        return PortalProject.of(server, folder.resolve("overlay"), config -> {
            config.put("portal_bucket_root", folder.resolve("bucket").toString());
            ArrayNode datasets = config.putArray("dataset_ids");
            GeneratedRows.DATASETS.forEach(datasets::add);
            config.putArray("pickable_objects").addAll(rows.objects);
        });
    }

    private void bucket(GeneratedRows rows) throws IOException {
        Files.createDirectories(folder.resolve("bucket"));
        Files.createDirectories(folder.resolve("overlay"));
        for (Map.Entry<String, String> each : rows.points.entrySet()) {
            Path file = folder.resolve("bucket/" + each.getKey().replaceFirst("s3://[^/]*/", ""));
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, each.getValue());
        }
    }

    /** Writes through the model into some runs, and notes it in the overlay. */
    private static void write(Root root, GeneratedOverlay overlay, List<String> names, Random random) {
        List<String> runs = new ArrayList<>(names);
        root.newRun("written");
        overlay.runs.add("written");
        runs.add("written");
        for (int i = 0; i < 3; i++) {
            Run run = root.run(i == 0 ? "written" : runs.get(random.nextInt(runs.size())));
            String session = "w" + i;
            run.newPicks(AnnotationId.of("pump").user("carol").session(session), List.of(Point.at(1, 2, 3)));
            overlay.add(new GeneratedOverlay.Picks(run.name(), "carol", session, "pump"));
            run.newSegmentation(
                    SegmentationId.binary("membrane").at(10).user("carol").session(session),
                    VolumeData.of(new byte[8], 2, 2, 2));
            overlay.add(new GeneratedOverlay.Mask(
                    run.name(), "10.000", "carol", session, "membrane", SegmentationType.BINARY));
            List<VoxelSpacing> spacings = run.voxelSpacings();
            VoxelSpacing spacing =
                    spacings.isEmpty() ? run.newVoxelSpacing(33) : spacings.get(random.nextInt(spacings.size()));
            spacing.newTomogram(session, VolumeData.of(new float[8], 2, 2, 2));
            overlay.add(new GeneratedOverlay.Tomogram(
                    new GeneratedOverlay.Spacing(run.name(), PortalOracle.size(spacing.voxelSize())), session));
        }
    }

    private static void compare(PortalOracle oracle, Root root, long seed) {
        assertEquals(oracle.runs(), root.runs().stream().map(Run::name).toList(), "seed " + seed);
        for (Run run : root.runs()) {
            compare(oracle, run, seed);
        }
    }

    private static void compare(PortalOracle oracle, Run run, long seed) {
        String expected = String.join("\n", oracle.describe(run.name()));
        assertEquals(expected, String.join("\n", describe(run)), "seed " + seed);
        for (Picks picks : run.picks()) {
            assertEquals(
                    picks,
                    run.picks(AnnotationId.of(picks.objectName())
                            .user(picks.userId())
                            .session(picks.sessionId())));
        }
    }

    private static List<String> describe(Run run) {
        List<String> lines = new ArrayList<>();
        lines.add("run " + run.name() + " " + run.readOnly() + " " + new TreeMap<>(run.metadata()));
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            lines.add("  spacing " + spacing.voxelSize() + " " + spacing.readOnly() + " " + facts(spacing.metadata()));
            for (Tomogram tomogram : spacing.tomograms()) {
                lines.add("    tomogram " + tomogram.type() + " " + tomogram.readOnly() + " "
                        + place(tomogram.readOnly(), tomogram.location()) + " " + facts(tomogram.metadata()));
            }
        }
        for (Picks picks : run.picks()) {
            lines.add("  picks " + id(picks) + rest(picks));
            if (picks.readOnly()) {
                for (Point point : picks.points()) {
                    lines.add("    " + point.x() + " " + point.y() + " " + point.z() + " "
                            + List.of(
                                    point.transform().get(0, 0),
                                    point.transform().get(0, 1),
                                    point.transform().get(1, 0)));
                }
            }
        }
        for (Segmentation each : run.segmentations()) {
            lines.add("  segmentation " + each.type().name().toLowerCase(Locale.ROOT) + " "
                    + PortalOracle.size(each.voxelSize()) + "_" + id(each) + rest(each));
        }
        run.unparsableNames().stream()
                .map(name -> "  reported " + name.location())
                .sorted()
                .forEach(lines::add);
        return lines;
    }

    private static String id(Annotation each) {
        return each.userId() + "_" + each.sessionId() + "_" + each.objectName();
    }

    private static String rest(Annotation each) {
        return " " + each.readOnly() + " " + each.fromTool() + " " + place(each.readOnly(), each.location()) + " "
                + facts(each.metadata());
    }

    private static String place(boolean readOnly, String location) {
        return !readOnly ? "own" : location.startsWith("s3://") ? location : "none";
    }

    private static Map<String, Object> facts(Map<String, Object> metadata) {
        TreeMap<String, Object> facts = new TreeMap<>();
        metadata.forEach((name, value) ->
                facts.put(name, value instanceof Map<?, ?> fields ? new TreeMap<Object, Object>(fields) : value));
        return facts;
    }
}
