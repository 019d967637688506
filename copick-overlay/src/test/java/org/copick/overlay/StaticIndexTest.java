package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.layout.RootIndex;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoreOperation;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStorageProvider;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests projects whose static root is opened through its index: requests, results, and what an old index does. */
final class StaticIndexTest {
    private static final AnnotationId BOB =
            AnnotationId.of("ribosome").user("bob").session("1");
    private static final String BOBS_PICKS = "ExperimentRuns/TS_001/Picks/bob_1_ribosome.json";

    private final SharedMemory memory = new SharedMemory();
    private final MemoryStore space = memory.space;

    @AfterEach
    void close() {
        memory.close();
    }

    /** Returns the part of the memory with the static root, for changes behind the project's back. */
    private ObjectStore shared() {
        return new PrefixStore(space, "public/");
    }

    private ProjectConfig config(String scheme, String more) {
        String layer = memory.layer("x", "");
        String url = layer.replaceFirst(".*\"root\": \"memory://([^\"]*)\".*", "$1");
        return ProjectConfig.parse("""
                {"name": "test", "overlay_root": "memory://%smine", "static_root": "%s://%spublic", %s
                 "pickable_objects": [{"name": "ribosome", "is_particle": true, "label": 1, "radius": 150}]}
                """.formatted(url, scheme, url, more), "x");
    }

    private Root openIndexed() {
        return memory.context.open(config("memory", "\"static_index\": true,"), null);
    }

    private List<String> operations(String location) {
        List<String> found = memory.operations.stream()
                .filter(done -> done.location().endsWith(location))
                .map(done -> done.kind() + " " + done.key())
                .toList();
        memory.operations.clear();
        return found;
    }

    private static List<String> everything(Root root) {
        List<String> all = new ArrayList<>();
        for (Run run : root.runs()) {
            all.add(run.toString());
            for (VoxelSpacing spacing : run.voxelSpacings()) {
                all.add(spacing.toString());
                spacing.tomograms().forEach(tomogram -> {
                    all.add(tomogram.toString());
                    tomogram.features().forEach(features -> all.add(features.toString()));
                });
            }
            List<Entity> annotations = new ArrayList<>(run.picks());
            annotations.addAll(run.filaments());
            annotations.addAll(run.meshes());
            annotations.addAll(run.segmentations());
            annotations.forEach(each -> all.add(each + " " + each.storedBytes()));
        }
        root.objects().forEach(object -> all.add(object.name() + " " + object.storedBytes()));
        return all;
    }

    @Test
    void aStaticRootIsListedByOneRequest() {
        List<String> expected;
        try (Root root = memory.context.open(config("memory", ""), null)) {
            expected = everything(root);
        }
        RootIndex.write(shared());
        memory.operations.clear();
        try (Root root = openIndexed()) {
            assertEquals(List.of(), operations("/public"), "opening asks nothing");
            for (Run run : root.runs()) {
                run.voxelSpacings().forEach(spacing -> spacing.tomograms().forEach(each -> each.features()));
                run.picks();
                run.filaments();
                run.meshes();
                run.segmentations();
            }
            assertEquals(List.of("READ_RANGES copick-index.json.gz"), operations("/public"));
            assertEquals(expected, everything(root));
        }
    }

    @Test
    void aRefreshChecksTheIndexAndReadsOnlyAChangedOne() {
        RootIndex.write(shared());
        try (Root root = openIndexed()) {
            assertEquals(2, root.runs().size());
            operations("/public");
            root.refresh();
            assertEquals(2, root.runs().size());
            assertEquals(List.of("INFO copick-index.json.gz"), operations("/public"));
            shared().write("ExperimentRuns/TS_003/.meta", new byte[4], WriteCondition.ANY);
            RootIndex.write(shared());
            operations("/public");
            root.refresh();
            assertEquals(3, root.runs().size());
            assertEquals(
                    List.of("INFO copick-index.json.gz", "READ_RANGES copick-index.json.gz"), operations("/public"));
        }
    }

    @Test
    void volumesAreReadAndTheirSizesAreKnown() {
        long expected;
        try (Root root = memory.context.open(config("memory", ""), null)) {
            expected = root.run("TS_001").voxelSpacing(10).tomogram("wbp").storedBytes();
        }
        RootIndex.write(shared());
        try (Root root = openIndexed()) {
            var tomogram = root.run("TS_001").voxelSpacing(10).tomogram("wbp");
            assertEquals(expected, tomogram.storedBytes());
            operations("/public");
            assertArrayEquals(new float[8], tomogram.volume().level(0).readFloats());
            List<String> reads = operations("/public");
            assertTrue(reads.stream().noneMatch(done -> done.contains("zarr.json")), reads::toString);
            assertTrue(reads.stream().noneMatch(done -> done.startsWith("LIST")), reads::toString);
        }
    }

    @Test
    void theOverlayIsListedItself() {
        RootIndex.write(shared());
        try (Root root = openIndexed()) {
            Run run = root.run("TS_001");
            assertEquals(1, run.picks().size());
            run.newPicks(BOB);
            assertEquals(2, run.picks().size());
            assertTrue(run.findPicks(BOB).isPresent());
            assertThrows(
                    ReadOnlyException.class, () -> run.picks(BOB.user("alice")).delete());
        }
    }

    @Test
    void layersCanHaveAnIndexEach() {
        RootIndex.write(shared());
        String indexed = memory.layer("public", "!public").replace("}", ", \"static_index\": true}");
        ProjectConfig config = ProjectConfig.parse(
                SharedMemory.config(memory.layer("mine", "mine"), memory.layer("team", "!team"), indexed), "x");
        memory.operations.clear();
        try (Root root = memory.context.open(config, null)) {
            assertEquals(2, root.run("TS_001").picks().size());
            assertEquals(List.of("READ_RANGES copick-index.json.gz"), operations("/public"));
        }
        assertEquals(config, ProjectConfig.parse(config.toJson(), "y"));
        assertTrue(config.toJson().contains("\"static_index\": true"), config::toJson);
    }

    @Test
    void aRootWithoutItsIndexSaysHowToMakeIt() {
        try (Root root = openIndexed()) {
            InvalidConfigException refused = assertThrows(InvalidConfigException.class, root::runs);
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("/public/copick-index.json.gz does not exist"), message);
            assertTrue(message.contains("copick index --root"), message);
        }
    }

    @Test
    void anObjectThatIsGoneIsNoEmptyOne() {
        ObjectStore shared = shared();
        shared.write(BOBS_PICKS, picks(), WriteCondition.ANY);
        RootIndex.write(shared);
        shared.delete(BOBS_PICKS);
        try (Root root = openIndexed()) {
            var picks = root.run("TS_001").picks(BOB);
            CorruptDataException stale = assertThrows(CorruptDataException.class, picks::points);
            String message = String.valueOf(stale.getMessage());
            assertTrue(message.contains("public/" + BOBS_PICKS + ": it does not exist, but the index "), message);
            assertTrue(message.contains("make the index again with copick index"), message);
        }
    }

    @Test
    void anObjectThatIsGoneFromANewerIndexIsAbsent() {
        ObjectStore shared = shared();
        shared.write(BOBS_PICKS, picks(), WriteCondition.ANY);
        RootIndex.write(shared);
        try (Root root = openIndexed()) {
            var picks = root.run("TS_001").picks(BOB);
            shared.delete(BOBS_PICKS);
            RootIndex.write(shared);
            NotFoundException gone = assertThrows(NotFoundException.class, picks::points);
            assertTrue(String.valueOf(gone.getMessage()).contains("no longer exists"), gone::getMessage);
        }
    }

    @Test
    void aChangedObjectIsReadAsItIsNow() {
        ObjectStore shared = shared();
        RootIndex.write(shared);
        shared.write(
                "ExperimentRuns/TS_001/Picks/alice_1_ribosome.json",
                new String(picks(), StandardCharsets.UTF_8)
                        .replace("bob", "alice")
                        .getBytes(StandardCharsets.UTF_8),
                WriteCondition.ANY);
        try (Root root = openIndexed()) {
            assertEquals(1, root.run("TS_001").picks(BOB.user("alice")).points().size());
        }
    }

    private static byte[] picks() {
        return """
               {"pickable_object_name": "ribosome", "user_id": "bob", "session_id": "1", "points": [
                  {"location": {"x": 1, "y": 2, "z": 3}, "instance_id": 0, "score": 1.0}]}
               """.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aWritableRootIsNeverOpenedThroughAnIndex() {
        String noShared = "{\"overlay_root\": \"memory://x\", \"static_index\": true, \"pickable_objects\": []}";
        String writable = SharedMemory.config(
                memory.layer("mine", "mine").replace("}", ", \"static_index\": true}"),
                memory.layer("public", "!public"));
        String beside = SharedMemory.config(memory.layer("mine", "mine"), memory.layer("public", "!public"))
                .replaceFirst("\\{", "{\"static_index\": true, ");
        for (String json : List.of(noShared, writable, beside)) {
            InvalidConfigException refused =
                    assertThrows(InvalidConfigException.class, () -> ProjectConfig.parse(json, "x"));
            assertTrue(String.valueOf(refused.getMessage()).contains("static_index"), refused::getMessage);
        }
        ProjectConfig same = ProjectConfig.parse(
                "{\"overlay_root\": \"memory://x\", \"static_root\": \"memory://x\", \"static_index\": true,"
                        + " \"pickable_objects\": []}",
                "x");
        InvalidConfigException refused =
                assertThrows(InvalidConfigException.class, () -> memory.context.open(same, null));
        assertTrue(String.valueOf(refused.getMessage()).contains("never opened through an index"), refused::getMessage);
        MemoryStorageProvider.forget("x");
    }

    /** Opens memory stores that cannot list. */
    private static final class GetOnly implements StorageProvider {
        @Override
        public String name() {
            return "memory without listings";
        }

        @Override
        public Set<String> schemes() {
            return Set.of("getonly");
        }

        @Override
        public boolean needsIndex() {
            return true;
        }

        @Override
        public ObjectStore open(StoreAddress address) {
            ObjectStore store =
                    new MemoryStorageProvider().open(new StoreAddress("memory://" + address.path(), Map.of(), null));
            return new InterceptingStore(store) {
                @Override
                protected <T> T call(StoreCall call, Supplier<T> operation) {
                    if (call.kind() == Kind.LIST || call.kind() == Kind.LIST_FOLDER) {
                        throw new UnsupportedFeatureException("cannot list " + location());
                    }
                    return operation.get();
                }
            };
        }
    }

    @Test
    void aStoreThatCannotListIsOpenedThroughItsIndexUnasked() {
        List<StoreOperation> operations = Collections.synchronizedList(new ArrayList<>());
        List<String> expected;
        try (Root root = memory.context.open(config("memory", ""), null)) {
            expected = everything(root);
        }
        RootIndex.write(shared());
        try (CopickContext context = CopickContext.builder()
                        .storage(new GetOnly())
                        .listener(operations::add)
                        .maxAge(Duration.ofHours(1))
                        .build();
                Root root = context.open(config("getonly", ""), null)) {
            assertEquals(expected, everything(root));
            var tomogram = root.run("TS_001").voxelSpacing(10).tomogram("wbp");
            assertArrayEquals(new float[8], tomogram.volume().level(0).readFloats());
            assertEquals(1, tomogram.features().get(0).volume().levels().size());
            Run run = root.run("TS_002");
            for (var segmentation : run.segmentations()) {
                assertTrue(segmentation.volume().levels().size() > 0);
            }
            assertEquals(
                    0,
                    run.segmentation(SegmentationId.binary("ribosome")
                                            .at(10)
                                            .user("alice")
                                            .session("1"))
                                    .volume()
                                    .level(0)
                                    .readLabels()
                                    .length
                            - 8);
            assertTrue(run.filaments().get(0).document().filaments().isEmpty());
            assertEquals(0, run.picks().get(0).points().size());
            run.newSegmentation(
                    SegmentationId.binary("ribosome").at(10).user("me").session("1"), VolumeData.zeros(2, 2, 2));
            assertEquals(5, run.segmentations().size());
        }
        assertEquals(
                0,
                operations.stream()
                        .filter(done -> done.location().endsWith("/public")
                                && (done.kind() == Kind.LIST || done.kind() == Kind.LIST_FOLDER))
                        .count(),
                operations::toString);
    }

    @Test
    void chunksThatNobodyCanListAreRefusedWithARemedy() {
        RootIndex.write(shared());
        try (CopickContext context =
                        CopickContext.builder().storage(new GetOnly()).build();
                Root root = context.open(config("getonly", ""), null);
                ObjectStore store = root.run("TS_001")
                        .voxelSpacing(10)
                        .tomogram("wbp")
                        .volume()
                        .store()) {
            UnsupportedFeatureException refused =
                    assertThrows(UnsupportedFeatureException.class, () -> store.list("", null, 10));
            assertTrue(String.valueOf(refused.getMessage()).contains("use copick copy"), refused::getMessage);
        }
    }
}
