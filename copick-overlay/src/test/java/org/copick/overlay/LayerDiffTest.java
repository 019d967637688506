package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.CopyOptions;
import org.copick.Difference;
import org.copick.Entity;
import org.copick.Features;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Promotion;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeEntity;
import org.copick.VolumeOptions;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidConfigException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.picks.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the differences between the top layer of three and those below, and promotions to the layers below. */
final class LayerDiffTest {
    private final SharedMemory memory = new SharedMemory();
    private final Root root = memory.open("mine", "team", "public");

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void differencesAreTold() {
        Run run = root.run("TS_001");
        run.picks(AnnotationId.of("ribosome").user("bob").session("1")).writableCopy();
        run.picks(AnnotationId.of("ribosome").user("alice").session("1"))
                .writableCopy()
                .write(List.of(Point.at(1, 2, 3)));
        run.segmentations().get(0).writableCopy();
        Tomogram copy = run.voxelSpacing(10).tomogram("wbp").writableCopy();
        copy.write(VolumeData.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2), VolumeOptions.defaults());
        run.mesh(AnnotationId.of("ribosome").user("alice").session("1")).hide();
        copy.features("sobel").hide();
        root.run("TS_002").hide();
        root.newRun("new").newPicks(AnnotationId.of("ribosome").user("me").session("1"));
        assertEquals(
                List.of(
                        "CHANGED tomogram",
                        "HIDDEN features",
                        "CHANGED picks",
                        "SAME picks",
                        "HIDDEN mesh",
                        "SAME segmentation",
                        "HIDDEN run",
                        "ADDED run",
                        "ADDED picks"),
                root.diff().stream().map(LayerDiffTest::told).toList());
        assertEquals(
                List.of("HIDDEN mesh"),
                root.diff(key -> key instanceof EntityKey.Mesh).stream()
                        .map(LayerDiffTest::told)
                        .toList());
        try (Root single = memory.open("public")) {
            assertTrue(
                    single.diff().stream().allMatch(difference -> difference.kind() == Difference.Kind.ADDED),
                    "without layers below, all entities are additions");
        }
    }

    @Test
    void entitiesArePromotedWithTheirObjects() {
        root.addObject(ObjectDefinition.builder("virus", true).label(9).build());
        root.addObject(ObjectDefinition.builder("unused", true).label(10).build());
        Run run = root.run("TS_001");
        var picks = run.newPicks(AnnotationId.of("virus").user("me").session("1"));
        picks.write(List.of(Point.at(1, 2, 3)));
        var changed =
                run.picks(AnnotationId.of("ribosome").user("bob").session("1")).writableCopy();
        changed.write(List.of(Point.at(4, 5, 6)));
        Tomogram tomogram = run.voxelSpacing(10).newTomogram("own", VolumeData.of(new float[8], 2, 2, 2));
        try (Root team = memory.open("team", "public")) {
            Map<String, Long> before = memory.sizes("team/");
            var exists = assertThrows(
                    AlreadyExistsException.class,
                    () -> root.promote(List.of(picks, changed), team, CopyOptions.asStored()));
            assertTrue(String.valueOf(exists.getMessage()).contains("bob_1"), exists::getMessage);
            var shared = run.picks(AnnotationId.of("ribosome").user("alice").session("1"));
            assertThrows(
                    ReadOnlyException.class, () -> root.promote(List.of(picks, shared), team, CopyOptions.asStored()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Promotion.of(team, List.of(picks), root, CopyOptions.asStored()));
            assertThrows(
                    InvalidConfigException.class,
                    () -> Promotion.of(root, List.of(picks), memory.open("mine"), CopyOptions.asStored()));
            assertThrows(
                    ReadOnlyException.class,
                    () -> Promotion.of(root, List.of(picks), memory.open("!team"), CopyOptions.asStored()));
            assertEquals(before, memory.sizes("team/"), "nothing was written");
            assertEquals(Optional.empty(), team.findObject("virus"));

            List<Entity> copies = root.promote(
                    List.of(tomogram, changed, picks, changed),
                    team,
                    CopyOptions.asStored().onExisting(OnExisting.REPLACE));
            assertEquals(
                    List.of(tomogram.key(), changed.key(), picks.key()),
                    copies.stream().map(Entity::key).toList());
            assertTrue(copies.stream()
                    .allMatch(copy -> copy.layer().equals(team.layers().get(0))));
            assertEquals(OptionalLong.of(9), team.object("virus").label());
            assertEquals(Optional.empty(), team.findObject("unused"));
            assertEquals(
                    changed.document(),
                    team.run("TS_001")
                            .picks(AnnotationId.of("ribosome").user("bob").session("1"))
                            .document());
        }
        assertEquals(
                List.of("SAME tomogram", "SAME picks", "SAME picks"),
                root.diff().stream().map(LayerDiffTest::told).toList(),
                "promoted entities are equal in the layer below");
    }

    @Test
    void labelsThatMeanAnotherObjectArePromotedNowhere() {
        root.addObject(ObjectDefinition.builder("virus", true).label(9).build());
        Run run = root.run("TS_001");
        var cells = run.newSegmentation(
                SegmentationId.multilabel("cells").at(10).user("me").session("1"),
                VolumeData.of(new byte[] {9}, 1, 1, 1));
        var picks = run.newPicks(AnnotationId.of("virus").user("me").session("1"));
        try (Root team = memory.open("team")) {
            team.addObject(ObjectDefinition.builder("virus", true).label(8).build());
            assertThrows(
                    AlreadyExistsException.class,
                    () -> Promotion.of(root, List.of(cells), team, CopyOptions.asStored()));
            assertEquals(
                    List.of(),
                    Promotion.of(root, List.of(picks), team, CopyOptions.asStored())
                            .definitions(),
                    "picks do not depend on labels");
            team.removeObject("virus");
            team.addObject(ObjectDefinition.builder("other", true).label(9).build());
            assertThrows(
                    AlreadyExistsException.class,
                    () -> Promotion.of(root, List.of(picks), team, CopyOptions.asStored()));
        }
        ProjectConfig narrow = ProjectConfig.parse(
                SharedMemory.config(memory.layer("t", "team")).replace("\"test\"", "\"test\", \"runs\": [\"TS_002\"]"),
                "x");
        try (Root team = memory.context.open(narrow, null)) {
            assertThrows(
                    NotFoundException.class, () -> Promotion.of(root, List.of(picks), team, CopyOptions.asStored()));
        }
    }

    @Test
    void aCopyOfAVolumeIsNotOverwrittenByASecondOne() {
        Run run = root.run("TS_001");
        Tomogram tomogram = run.voxelSpacing(10).tomogram("wbp");
        Features features = tomogram.features("sobel");
        Segmentation cells = run.segmentations().get(0);
        VolumeData painted = VolumeData.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 2, 2, 2);
        tomogram.writableCopy().write(painted);
        features.writableCopy().write(painted);
        cells.writableCopy().write(painted);
        assertThrows(AlreadyExistsException.class, tomogram::writableCopy);
        assertThrows(AlreadyExistsException.class, features::writableCopy);
        assertThrows(AlreadyExistsException.class, cells::writableCopy);
        root.refresh();
        Tomogram copy = root.run("TS_001").voxelSpacing(10).tomogram("wbp");
        for (VolumeEntity entity : List.<VolumeEntity>of(
                copy, copy.features("sobel"), root.run("TS_001").segmentations().get(0))) {
            assertEquals(1, entity.plane(Axis.Z, 0)[0], () -> "still painted: " + entity);
        }
    }

    @Test
    void theUnmergedViewHasTheObjectsAndEntitiesOfItsProject() {
        Root view = root.unmerged();
        assertTrue(view.findObject("virus").isEmpty());
        root.addObject(ObjectDefinition.builder("virus", true).label(9).build());
        root.run("TS_001").newPicks(AnnotationId.of("virus").user("me").session("1"));
        assertEquals("virus", view.object("virus").name());
        try (Root team = memory.open("team")) {
            List<Entity> promoted = root.promote(view.run("TS_001").picks("virus:me/1"), team, CopyOptions.asStored());
            assertEquals(team, promoted.get(0).root());
        }
    }

    @Test
    void nothingIsWrittenToARunThatTheConfigurationExcludes() {
        ProjectConfig narrow = ProjectConfig.parse(
                SharedMemory.config(memory.layer("m", "mine")).replace("\"test\"", "\"test\", \"runs\": [\"TS_001\"]"),
                "x");
        Picks picks =
                root.run("TS_001").picks(AnnotationId.of("ribosome").user("bob").session("1"));
        try (Root mine = memory.context.open(narrow)) {
            EntityKey there = new EntityKey.Picks("TS_002", "ribosome", "bob", "1");
            assertThrows(NotFoundException.class, () -> mine.copy(picks, there, CopyOptions.asStored()));
            assertThrows(NotFoundException.class, () -> mine.newRun("TS_002"));
            assertThrows(NotFoundException.class, () -> mine.newRun("TS_002", OnExisting.REUSE));
            assertEquals(Map.of(), memory.sizes("mine/"));
            mine.copy(picks, picks.key(), CopyOptions.asStored());
            assertEquals(1, mine.run("TS_001").picks().size());
        }
    }

    @Test
    void ofTwoWritersOneIsToldThatItWasLate() throws Exception {
        var stale =
                root.run("TS_001").picks(AnnotationId.of("ribosome").user("bob").session("1"));
        stale.document();
        try (Root other = memory.open("mine", "team", "public")) {
            var first = other.run("TS_001")
                    .picks(AnnotationId.of("ribosome").user("bob").session("1"))
                    .writableCopy();
            assertThrows(AlreadyExistsException.class, stale::writableCopy, "the other's copy is not overwritten");
            root.refresh();
            var second = root.run("TS_001")
                    .picks(AnnotationId.of("ribosome").user("bob").session("1"));
            second.document();
            first.write(List.of(Point.at(1, 1, 1)));
            assertThrows(ConflictException.class, () -> second.write(List.of(Point.at(2, 2, 2))));
            assertThrows(AlreadyExistsException.class, stale::hide, "nor hidden");

            EntityKey key = new EntityKey.Run("TS_002");
            ExecutorService pool = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Boolean>> hiders = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    Root each = i % 2 == 0 ? root : other;
                    hiders.add(() -> {
                        each.unmerged().run("TS_002").hide();
                        return each.findRun("TS_002").isEmpty();
                    });
                }
                for (Future<Boolean> hidden : pool.invokeAll(hiders)) {
                    assertTrue(hidden.get(), "the run is hidden, although several threads hide it at the same time");
                }
            } finally {
                pool.shutdownNow();
            }
            assertTrue(root.unhide(key));
            assertFalse(other.unhide(key));
            assertTrue(other.findRun("TS_002").isPresent());
        }
    }

    private static String told(Difference difference) {
        return difference.kind() + " " + difference.key().kind().name().toLowerCase(Locale.ROOT);
    }
}
