package org.copick.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.copick.entity.SegmentationType;

/** An overlay above generated rows, made from a seed and added to by what a test writes. */
final class GeneratedOverlay {
    record Spacing(String run, String size) {}

    record Tomogram(Spacing spacing, String type) {}

    record Picks(String run, String user, String session, String object) {}

    record Mask(String run, String size, String user, String session, String name, SegmentationType type) {}

    final Set<String> runs = new LinkedHashSet<>();
    final Set<Spacing> spacings = new LinkedHashSet<>();
    final Set<Tomogram> tomograms = new LinkedHashSet<>();
    final Set<Picks> picks = new LinkedHashSet<>();
    final Set<Mask> masks = new LinkedHashSet<>();

    void add(Spacing spacing) {
        runs.add(spacing.run());
        spacings.add(spacing);
    }

    void add(Tomogram tomogram) {
        add(tomogram.spacing());
        tomograms.add(tomogram);
    }

    void add(Picks each) {
        runs.add(each.run());
        picks.add(each);
    }

    void add(Mask each) {
        runs.add(each.run());
        masks.add(each);
    }

    /** Makes an overlay with data in some runs of the portal, and in runs of its own. */
    static GeneratedOverlay generate(Random random, GeneratedRows portal) {
        GeneratedOverlay overlay = new GeneratedOverlay();
        List<ObjectNode> rows = Objects.requireNonNull(portal.rows.get("Run"));
        List<String> runs = new ArrayList<>(List.of("my-run", "another", "Z", "999999999"));
        for (int i = 0; i < 4; i++) {
            runs.add(rows.get(random.nextInt(rows.size())).path("id").asText());
        }
        runs.add("0" + runs.get(4));
        for (String run : runs) {
            if (random.nextInt(4) > 0) {
                overlay.fill(random, portal, run);
            }
        }
        return overlay;
    }

    private void fill(Random random, GeneratedRows portal, String run) {
        runs.add(run);
        List<String> sizes = new ArrayList<>(List.of("5.000", "10.000", "13.480", "13.481", "100.250"));
        for (ObjectNode row : Objects.requireNonNull(portal.rows.get("TomogramVoxelSpacing"))) {
            if (row.path("runId").asText().equals(run)) {
                sizes.add(PortalOracle.size(row.path("voxelSpacing").doubleValue()));
            }
        }
        List<String> types = List.of("wbp-raw", "mine", "wbp-denoised-cryocare", "A");
        for (int i = random.nextInt(4); i > 0; i--) {
            Spacing spacing = new Spacing(run, sizes.get(random.nextInt(sizes.size())));
            add(spacing);
            for (int k = random.nextInt(3); k > 0; k--) {
                add(new Tomogram(spacing, types.get(random.nextInt(types.size()))));
            }
        }
        List<String> users = List.of("alice", "bob", "zoe", "data-portal");
        List<String> objects = List.of("ribosome", "pump", "membrane", "vesicle");
        List<SegmentationType> kinds = List.copyOf(EnumSet.allOf(SegmentationType.class));
        for (int i = random.nextInt(5); i > 0; i--) {
            String user = users.get(random.nextInt(users.size()));
            String session = String.valueOf(random.nextInt(20));
            String object = objects.get(random.nextInt(objects.size()));
            if (random.nextBoolean()) {
                add(new Picks(run, user, session, object));
            } else {
                SegmentationType type = kinds.get(random.nextInt(kinds.size()));
                add(new Mask(run, sizes.get(random.nextInt(sizes.size())), user, session, object, type));
            }
        }
        for (ObjectNode row : Objects.requireNonNull(portal.rows.get("AnnotationFile"))) {
            if (random.nextInt(40) == 0 && PortalOracle.runOf(portal, row).equals(run)) {
                add(new Picks(run, "data-portal", row.path("id").asText(), "ribosome"));
            }
        }
    }

    void write(Path root) throws IOException {
        for (String run : runs) {
            file(root, run + "/.meta", "");
        }
        for (Spacing spacing : spacings) {
            file(root, spacing.run() + "/VoxelSpacing" + spacing.size() + "/.meta", "");
        }
        for (Tomogram each : tomograms) {
            String folder =
                    each.spacing().run() + "/VoxelSpacing" + each.spacing().size();
            file(root, folder + "/" + each.type() + ".zarr/.zgroup", "{\"zarr_format\": 2}");
        }
        for (Picks each : picks) {
            file(
                    root,
                    each.run() + "/Picks/" + each.user() + "_" + each.session() + "_" + each.object() + ".json",
                    "{\"pickable_object_name\": \"" + each.object() + "\", \"user_id\": \"" + each.user()
                            + "\", \"session_id\": \"" + each.session() + "\", \"points\": []}");
        }
        for (Mask each : masks) {
            String type = each.type().name();
            boolean folder = each.type() == SegmentationType.INSTANCE || each.type() == SegmentationType.PANOPTIC;
            String prefix = folder ? type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT) : "";
            file(
                    root,
                    each.run() + "/" + prefix + "Segmentations/" + each.size() + "_" + each.user() + "_"
                            + each.session() + "_" + each.name()
                            + (each.type() == SegmentationType.MULTILABEL ? "-multilabel" : "") + ".zarr/.zgroup",
                    "{\"zarr_format\": 2}");
        }
    }

    private static void file(Path root, String name, String text) throws IOException {
        Path file = root.resolve("ExperimentRuns/" + name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
