package org.copick.tests;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeOptions;
import org.copick.entity.EntityKey;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;

/** A program that repeatedly rewrites every entity of a run until it is killed. */
final class RestlessUser {
    private RestlessUser() {}

    /** Runs the program. Arguments: the configuration's path, and a file to which it reports progress. */
    public static void main(String[] arguments) throws Exception {
        try (CopickContext context = CopickContext.builder().build();
                Root root = TestProject.open(context, arguments[0])) {
            for (int round = 0; ; round++) {
                write(root, 1 + round % 2);
                if (round % 5 == 4) {
                    root.find(new EntityKey.Run("TS_1")).ifPresent(Entity::delete);
                    root.refresh();
                }
                Files.writeString(Path.of(arguments[1]), "round " + round, StandardCharsets.UTF_8);
            }
        }
    }

    /** Writes all entities, with content that depends on the value. */
    static void write(Root root, int value) {
        VolumeOptions options = KitProject.options(1 + value).onExisting(OnExisting.REPLACE);
        root.object("ribo").newDensityMap(KitProject.floats(value), 10, options);
        Run run = root.newRun("TS_1", OnExisting.REUSE);
        Tomogram tomogram =
                run.newVoxelSpacing(10, OnExisting.REUSE).newTomogram("wbp", KitProject.floats(value), options);
        tomogram.newFeatures("sobel", KitProject.features(value), options);
        run.newSegmentation(
                SegmentationId.binary("membrane").at(10).user("alice").session("1"),
                KitProject.labels(value % 2),
                options);
        run.findPicks(AnnotationId.of("ribo").user("alice").session("1"))
                .ifPresentOrElse(
                        picks -> picks.write(KitProject.points(value)),
                        () -> run.newPicks(
                                AnnotationId.of("ribo").user("alice").session("1"), KitProject.points(value)));
        run.findFilaments(AnnotationId.of("mt").user("alice").session("1"))
                .ifPresentOrElse(
                        filaments -> filaments.write(KitProject.filaments("TS_1", value)),
                        () -> run.newFilaments(
                                AnnotationId.of("mt").user("alice").session("1"), KitProject.filaments("TS_1", value)));
        run.findMesh(AnnotationId.of("membrane").user("alice").session("1"))
                .ifPresentOrElse(
                        mesh -> mesh.write(KitProject.mesh(value)),
                        () -> run.newMesh(
                                AnnotationId.of("membrane").user("alice").session("1"), KitProject.mesh(value)));
    }

    /** Returns the contents that readers may find whenever the program stops; any entity may also be absent. */
    static Map<String, Set<String>> states() {
        Map<String, Set<String>> states = new HashMap<>();
        MemoryUnderTest memory = new MemoryUnderTest();
        try (TestProject project = new TestProject(memory, store -> store);
                ObjectStore store = memory.open()) {
            store.write(
                    KitProject.CONFIG,
                    KitProject.config(project.url() + "/" + TestProject.DATA, ""),
                    WriteCondition.ANY);
            for (int value = 1; value <= 2; value++) {
                try (Root root = project.open()) {
                    write(root, value);
                    add(states, ProjectState.of(root));
                    root.find(new EntityKey.Run("TS_1")).ifPresent(Entity::delete);
                }
            }
        }
        return states;
    }

    private static void add(Map<String, Set<String>> states, SortedMap<String, String> seen) {
        seen.forEach((key, state) ->
                states.computeIfAbsent(key, k -> new HashSet<>()).add(state));
    }
}
