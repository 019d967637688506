package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.copick.AnnotationId;
import org.copick.Difference;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.HiddenEntity;
import org.copick.entity.Layer;
import org.copick.entity.UnparsableName;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidConfigException;
import org.copick.error.ReadOnlyException;
import org.copick.storage.StoreOperation;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tests which entities a project of three layers shows and hides. */
final class LayersTest {
    private final SharedMemory memory = new SharedMemory();
    private final Root root = memory.open("mine", "team", "public");

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void layersAreNamedAsTheConfigurationSays() {
        assertEquals(
                List.of("mine", "team", "public"),
                root.layers().stream().map(Layer::name).toList());
        assertEquals(
                List.of(false, true, true),
                root.layers().stream().map(Layer::readOnly).toList());
        assertEquals(List.of(), memory.operations, "opening costs no request");
        Run run = root.run("TS_001");
        assertEquals("team", run.layer().name());
        assertEquals(2, run.picks().size());
        assertEquals(
                "mine",
                run.newPicks(AnnotationId.of("ribosome").user("me").session("1"))
                        .layer()
                        .name());
        try (Root single = memory.open("public")) {
            assertEquals(2, single.runs().size(), "one layer is enough");
        }
    }

    @Test
    void layersInOnePlaceAreRefused() {
        ProjectConfig config = ProjectConfig.parse(
                SharedMemory.config(memory.layer("a", "mine"), memory.layer("b", "team"), memory.layer("c", "team/")),
                "x");
        var refused = assertThrows(InvalidConfigException.class, () -> memory.context.open(config, null));
        assertTrue(String.valueOf(refused.getMessage()).contains("\"b\" and \"c\""), refused::getMessage);
    }

    @Test
    void hiddenEntitiesOfEveryKindAreGoneUntilTheyAreUnhidden() {
        Map<String, Long> before = memory.sizes("public/");
        Run run = root.run("TS_001");
        List<Entity> hidden = new ArrayList<>();
        run.voxelSpacing(10).tomogram("wbp").features("sobel").hide();
        assertEquals(
                List.of(), root.run("TS_001").voxelSpacing(10).tomogram("wbp").features());
        hidden.addAll(run.picks());
        hidden.addAll(run.filaments());
        hidden.addAll(run.meshes());
        hidden.addAll(run.segmentations());
        hidden.addAll(run.voxelSpacing(10).tomograms());
        assertEquals(2 + 1 + 1 + 4 + 1, hidden.size());
        hidden.forEach(Entity::hide);
        for (Root now : List.of(root, memory.open("mine", "team", "public"))) {
            Run shown = now.run("TS_001");
            assertEquals(0, shown.picks().size());
            assertEquals(0, shown.filaments().size());
            assertEquals(0, shown.meshes().size());
            assertEquals(0, shown.segmentations().size());
            assertEquals(0, shown.voxelSpacing(10).tomograms().size());
            assertEquals(
                    Optional.empty(),
                    shown.findPicks(AnnotationId.of("ribosome").user("bob").session("1")));
            assertEquals(List.of(), shown.unparsableNames());
            assertEquals(0, now.run("TS_001").storedBytes(), "tombstones do not count as stored bytes");
        }
        root.object("ribosome").hideDensityMap();
        assertEquals(Optional.empty(), root.object("ribosome").findDensityMap());
        root.run("TS_002").voxelSpacing(10).hide();
        assertEquals(List.of(), root.run("TS_002").voxelSpacings());
        assertEquals(before, memory.sizes("public/"), "the public layer is unchanged");

        assertEquals(2, root.unmerged().runs().size(), "the unmerged view shows everything");
        assertEquals(2, root.unmerged().run("TS_001").picks().size());
        List<EntityKey> keys = root.hidden().stream().map(HiddenEntity::key).toList();
        assertEquals(
                List.of(
                        EntityKind.TOMOGRAM,
                        EntityKind.FEATURES,
                        EntityKind.PICKS,
                        EntityKind.PICKS,
                        EntityKind.FILAMENTS,
                        EntityKind.MESH,
                        EntityKind.SEGMENTATION,
                        EntityKind.SEGMENTATION,
                        EntityKind.SEGMENTATION,
                        EntityKind.SEGMENTATION,
                        EntityKind.VOXEL_SPACING,
                        EntityKind.DENSITY_MAP),
                keys.stream().map(EntityKey::kind).toList());
        assertTrue(root.hidden().stream().allMatch(root::hidesAnything));
        keys.forEach(key -> assertTrue(root.unhide(key), key::toString));
        keys.forEach(key -> assertFalse(root.unhide(key), key::toString));
        assertEquals(List.of(), root.hidden());
        assertEquals(List.of(), root.diff());
        assertEquals(2, root.run("TS_001").picks().size());
        assertTrue(root.object("ribosome").findDensityMap().isPresent());
    }

    @Test
    void tombstonesHaveTheFormThatIsWrittenDown() {
        root.run("TS_001")
                .picks(AnnotationId.of("ribosome").user("alice").session("1"))
                .hide();
        root.run("TS_001").voxelSpacing(10).hide();
        root.run("TS_002").hide();
        root.object("ribosome").hideDensityMap();
        assertEquals(
                List.of(
                        "ExperimentRuns/.TS_002.hidden-v1",
                        "ExperimentRuns/TS_001/.VoxelSpacing10.000.hidden-v1",
                        "ExperimentRuns/TS_001/Picks/.alice_1_ribosome.json.hidden-v1",
                        "Objects/.ribosome.zarr.hidden-v1"),
                List.copyOf(memory.sizes("mine/").keySet()));
        assertEquals("{\"copick_hidden\": 1}\n", memory.text("mine/ExperimentRuns/.TS_002.hidden-v1"));
        assertEquals(List.of("TS_001"), root.runs().stream().map(Run::name).toList());
    }

    @Test
    void aHiddenRunIsLikeAnOpaqueFolder() {
        root.run("TS_001")
                .picks(AnnotationId.of("ribosome").user("alice").session("1"))
                .hide();
        assertEquals("mine", root.run("TS_001").layer().name(), "a tombstone inside makes the run exist in the layer");
        root.run("TS_001").hide();
        assertEquals(Optional.empty(), root.findRun("TS_001"));
        assertEquals(1, root.hidden().size(), "hiding the run removes the tombstones inside");
        Run anew = root.newRun("TS_001");
        assertEquals(List.of(), anew.picks());
        anew.newPicks(AnnotationId.of("ribosome").user("me").session("1"));
        assertEquals(List.of(), anew.voxelSpacings());
        assertEquals(1, root.run("TS_001").picks().size());
        assertEquals(
                List.of("HIDDEN run", "ADDED picks"),
                root.diff().stream().map(LayersTest::told).toList());
        root.run("TS_001").delete();
        assertEquals(
                Optional.empty(), root.findRun("TS_001"), "the layer's own part is deleted, the rest stays hidden");
        assertTrue(root.unhide(new EntityKey.Run("TS_001")));
        assertEquals(2, root.run("TS_001").picks().size());
    }

    @Test
    void whatCannotBeHiddenIsRefused() {
        Run run = root.run("TS_001");
        var own = run.newPicks(AnnotationId.of("ribosome").user("me").session("1"));
        refused("delete it", own::hide);
        var copy = run.picks(AnnotationId.of("ribosome").user("alice").session("1"))
                .writableCopy();
        refused("delete that first", copy::hide);
        refused("delete that first", () -> root.run("TS_001").hide());
        run.voxelSpacing(10).tomogram("wbp").newFeatures("mine", VolumeData.of(new float[8], 2, 2, 2));
        Tomogram wbp = run.voxelSpacing(10).tomogram("wbp");
        refused("delete that first", wbp::hide);
        Run mine = root.newRun("mine");
        refused("delete it", mine::hide);
        assertEquals(List.of(), root.hidden());
        try (Root reader = memory.open("!mine", "team", "public")) {
            Run shared = reader.run("TS_002");
            assertThrows(ReadOnlyException.class, shared::hide);
            assertThrows(ReadOnlyException.class, () -> reader.unhide(shared.key()));
        }
        assertEquals(List.of(), root.hidden());
    }

    @Test
    void whatALaterVersionHidesIsToldAndShown() {
        memory.space.write(
                "mine/ExperimentRuns/TS_001/Picks/.alice_1_ribosome.json.hidden-v2", bytes(""), WriteCondition.ANY);
        memory.space.write("mine/ExperimentRuns/TS_001/Picks/.two_parts.json.hidden-v1", bytes(""), WriteCondition.ANY);
        memory.space.write("mine/ExperimentRuns/TS_001/.VoxelSpacing10.hidden-v1", bytes(""), WriteCondition.ANY);
        Run run = root.run("TS_001");
        assertEquals(2, run.picks().size());
        assertEquals(1, run.voxelSpacings().size());
        List<String> reasons =
                run.unparsableNames().stream().map(UnparsableName::reason).toList();
        assertEquals(3, reasons.size(), reasons::toString);
        assertTrue(reasons.get(0).contains("no entity has that name"), reasons::toString);
        assertTrue(reasons.get(1).contains("later version"), reasons::toString);
        assertTrue(reasons.get(2).contains("user_session_object"), reasons::toString);
        assertEquals(List.of(), root.hidden());
    }

    @Test
    void lookingCostsNoMoreThanItHasTo() {
        root.run("TS_002");
        // each layer is queried for the run, and the two without it are queried for a tombstone
        assertEquals(3 + 2, memory.operations.size());
        memory.operations.clear();
        assertEquals(1, root.run("TS_002").picks().size());
        memory.operations.clear();
        assertEquals(2, root.run("TS_001").picks().size());
        assertEquals(
                3,
                memory.operations.stream()
                        .filter(operation -> operation.kind() == StoreOperation.Kind.INFO)
                        .filter(operation -> operation.toString().contains("TS_001.hidden"))
                        .count(),
                "finding the run queries the first layer for a tombstone, and listing picks queries both upper layers");
        memory.operations.clear();
        root.runs();
        assertEquals(3, memory.operations.size(), "tombstones of runs come with the listing");
    }

    private static String told(Difference difference) {
        return difference.kind() + " " + difference.key().kind().name().toLowerCase(Locale.ROOT);
    }

    private static void refused(String told, Executable action) {
        var refused = assertThrows(AlreadyExistsException.class, action);
        assertTrue(String.valueOf(refused.getMessage()).contains(told), refused::getMessage);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
