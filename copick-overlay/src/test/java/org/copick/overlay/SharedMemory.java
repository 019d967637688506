package org.copick.overlay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.entity.SegmentationType;
import org.copick.mesh.MeshScene;
import org.copick.storage.StoreOperation;
import org.copick.tests.MemoryStorageProvider;
import org.copick.tests.MemoryStore;

/** Projects with the layers {@code mine}, {@code team} and {@code public}, all in one memory store. */
final class SharedMemory implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name = "layers" + COUNTER.incrementAndGet();
    final MemoryStore space = MemoryStorageProvider.space(name);
    final List<StoreOperation> operations = Collections.synchronizedList(new ArrayList<>());
    final CopickContext context =
            CopickContext.builder().listener(operations::add).build();

    /** Fills the layers: bob's picks are in {@code team}, everything else is in {@code public}. */
    SharedMemory() {
        try (Root all = open("public")) {
            for (String run : List.of("TS_001", "TS_002")) {
                Run created = all.newRun(run);
                Tomogram wbp = created.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(new float[8], 2, 2, 2));
                wbp.newFeatures("sobel", VolumeData.of(new float[8], 2, 2, 2));
                created.newPicks(AnnotationId.of("ribosome").user("alice").session("1"));
                created.newFilaments(AnnotationId.of("ribosome").user("alice").session("1"));
                created.newMesh(AnnotationId.of("ribosome").user("alice").session("1"), MeshScene.empty());
                for (SegmentationType type : SegmentationType.values()) {
                    created.newSegmentation(
                            SegmentationId.of(type, "ribosome")
                                    .at(10)
                                    .user("alice")
                                    .session("1"),
                            type == SegmentationType.PANOPTIC
                                    ? VolumeData.zeros(2, 2, 2, 2)
                                    : VolumeData.zeros(2, 2, 2));
                }
            }
            all.object("ribosome").newDensityMap(VolumeData.of(new float[8], 2, 2, 2), 10, VolumeOptions.defaults());
        }
        try (Root team = open("team")) {
            team.newRun("TS_001")
                    .newPicks(AnnotationId.of("ribosome").user("bob").session("1"));
        }
        operations.clear();
    }

    /**
     * Opens a project with layers in the given folders, highest precedence first; {@code !} marks a read-only layer.
     */
    Root open(String... folders) {
        return context.open(
                ProjectConfig.parse(
                        config(Stream.of(folders)
                                .map(folder -> layer(folder.replace("!", ""), folder))
                                .toArray(String[]::new)),
                        "x"),
                null);
    }

    String layer(String layer, String folder) {
        return "{\"name\": \"" + layer + "\", \"root\": \"memory://" + name + "/" + folder.replace("!", "") + "\""
                + (folder.startsWith("!") ? ", \"read_only\": true" : "") + "}";
    }

    static String config(String... layers) {
        String first = layers[0].replaceFirst(".*\"root\": \"([^\"]*)\".*", "$1");
        return """
                {"name": "test", "overlay_root": "%s", "layers": [%s], "pickable_objects": [
                   {"name": "ribosome", "is_particle": true, "label": 1, "radius": 150}]}
                """.formatted(first, String.join(", ", layers));
    }

    Map<String, Long> sizes(String folder) {
        Map<String, Long> sizes = new TreeMap<>();
        space.forEach(folder, object -> sizes.put(object.key().substring(folder.length()), object.size()));
        return sizes;
    }

    String text(String key) {
        return new String(space.read(key).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
        MemoryStorageProvider.forget(name);
    }
}
