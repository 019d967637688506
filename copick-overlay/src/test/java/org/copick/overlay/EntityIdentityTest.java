package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Features;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VoxelSpacing;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that entities are equal if and only if they have the same project, key and layer. */
final class EntityIdentityTest {
    private final SharedMemory memory = new SharedMemory();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void whatIsLookedUpTwiceIsEqual() {
        Root root = memory.open("mine", "!public");
        List<Entity> before = everything(root);
        Run looked = root.run("TS_001");
        root.refresh();
        List<Entity> after = everything(root);

        assertEquals(22, before.size(), "two runs with one of each kind and four segmentations");
        assertEquals(before, after);
        assertNotSame(before.get(0), after.get(0));
        assertEquals(looked, root.run("TS_001"));
        assertEquals(before.size(), new HashSet<>(before).size(), "all entities differ from each other");
        before.addAll(after);
        assertEquals(after.size(), new HashSet<>(before).size(), "equal entities have the same hash");
        assertEquals(root.object("ribosome"), root.objects().get(0));
        assertEquals(root.object("ribosome").hashCode(), root.objects().get(0).hashCode());
    }

    @Test
    void theTextIsStillTheLocation() {
        Run run = memory.open("mine", "!public").run("TS_001");

        assertEquals(run.location(), run.toString());
    }

    @Test
    void copiesInTwoLayersAreTwo() {
        Root root = memory.open("mine", "!public");
        Picks shared = root.run("TS_001").picks().get(0);
        Picks own = shared.writableCopy();

        assertEquals(shared.key(), own.key());
        assertNotEquals(shared, own);
        root.refresh();
        assertEquals(List.of(own), root.run("TS_001").picks());
        assertEquals(List.of(shared, own), root.unmerged().run("TS_001").picks());
    }

    @Test
    void aRunIsOneHoweverManyLayersHaveIt() {
        Root root = memory.open("mine", "!public");
        Run before = root.run("TS_001");
        VoxelSpacing spacing = before.voxelSpacing(10);
        spacing.newTomogram("own", VolumeData.of(new float[8], 2, 2, 2));
        root.refresh();

        assertNotEquals(before.layer(), root.run("TS_001").layer());
        assertEquals(before, root.run("TS_001"));
        assertEquals(before.hashCode(), root.run("TS_001").hashCode());
        assertEquals(spacing, root.run("TS_001").voxelSpacing(10));
        assertEquals(before, root.newRun("TS_001", OnExisting.REUSE));
    }

    @Test
    void rootsThatWereOpenedSeparatelyAreTwoProjects() {
        Root one = memory.open("mine", "!public");
        Root two = memory.open("mine", "!public");

        assertNotEquals(one.run("TS_001"), two.run("TS_001"));
        assertNotEquals(one.object("ribosome"), two.object("ribosome"));
        assertEquals(one.run("TS_001"), one.unmerged().run("TS_001"), "a view belongs to the same project");
        assertEquals(one.object("ribosome"), one.unmerged().object("ribosome"));
    }

    @Test
    void differentKindsAndObjectsDiffer() {
        Root root = memory.open("mine", "!public");
        root.addObject(ObjectDefinition.builder("other", true).build());
        Run run = root.run("TS_001");

        assertNotEquals((Object) run.picks().get(0), run.filaments().get(0), "of the same object, user and session");
        assertNotEquals((Object) run, run.voxelSpacing(10));
        assertNotEquals(root.run("TS_001"), root.run("TS_002"));
        assertNotEquals(root.object("other"), root.object("ribosome"));
        assertNotEquals((Object) run, "TS_001");
    }

    @Test
    void theUnmergedViewFindsFeaturesOnce() {
        Root root = memory.open("mine", "!public");
        Tomogram own = root.run("TS_001").voxelSpacing(10).tomogram("wbp").writableCopy();
        own.newFeatures("edge", VolumeData.of(new float[8], 2, 2, 2));

        Root every = root.unmerged();
        List<Tomogram> copies = every.run("TS_001").voxelSpacing(10).tomograms();
        List<Entity> found = every.run("TS_001").match(CopickUri.parse(EntityKind.FEATURES, "wbp@10:*"));

        assertEquals(List.of("public", "mine"), layers(copies));
        assertNotEquals(copies.get(0), copies.get(1));
        assertEquals(
                copies.get(0).features(),
                copies.get(1).features(),
                "each copy lists the features of all copies, as in Python");
        assertEquals(List.of("mine edge", "public sobel"), named(found));
    }

    private static List<Entity> everything(Root root) {
        List<Entity> all = new ArrayList<>();
        for (Run run : root.runs()) {
            all.add(run);
            for (VoxelSpacing spacing : run.voxelSpacings()) {
                all.add(spacing);
                for (Tomogram tomogram : spacing.tomograms()) {
                    all.add(tomogram);
                    all.addAll(tomogram.features());
                }
            }
            all.addAll(run.picks());
            all.addAll(run.filaments());
            all.addAll(run.meshes());
            all.addAll(run.segmentations());
        }
        return all;
    }

    private static List<String> layers(List<? extends Entity> entities) {
        return entities.stream().map(entity -> entity.layer().name()).toList();
    }

    private static List<String> named(List<Entity> features) {
        return features.stream()
                .map(each -> each.layer().name() + " " + ((Features) each).type())
                .sorted()
                .toList();
    }
}
