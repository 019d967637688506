package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.copick.AnnotationId;
import org.copick.Difference;
import org.copick.Entity;
import org.copick.Features;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.entity.EntityKey;
import org.copick.entity.HiddenEntity;
import org.copick.error.InvalidConfigException;
import org.copick.error.ReadOnlyException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests the promises of a project with an overlay in one store over a static root in another.
 *
 * <p>Override two methods: {@link #newStore} returns a new, writable place for the overlay, and {@link #newShared} a new
 * place for the static root. Both are empty, and the two must not be the same place. The static root may be a store that
 * cannot write, if its {@link StoreUnderTest#fill} puts objects there.
 *
 * <p>The artifact {@code org.copick:copick-overlay} must be on the test class path.
 */
public abstract class OverlayContract extends KitTest {
    private @Nullable StoreUnderTest shared;
    private @Nullable TestProject project;

    /** Creates a contract for a subclass. */
    protected OverlayContract() {}

    /**
     * {@return a new, empty place for the overlay of one test; its stores must be able to write}
     *
     * @throws Exception if the place cannot be made
     */
    @Override
    protected abstract StoreUnderTest newStore() throws Exception;

    /**
     * {@return a new, empty place for the static root of one test; a store that cannot write is enough}
     *
     * @throws Exception if the place cannot be made
     */
    protected abstract StoreUnderTest newShared() throws Exception;

    @BeforeEach
    final void share() throws Exception {
        SortedMap<String, byte[]> sample = new TreeMap<>(TestProject.sample("unused://"));
        shared = newShared();
        try {
            shared.fill(sample);
            project = TestProject.over(shared, place(), store -> store);
        } catch (Exception e) {
            throw new AssertionError("cannot fill the places of the overlay and the static root: " + e, e);
        }
        requireABackend(project);
    }

    private static void requireABackend(TestProject project) {
        try {
            project.open().close();
        } catch (InvalidConfigException e) {
            throw new IllegalStateException(
                    "no installed backend opens a project with an overlay over a static root;"
                            + " add org.copick:copick-overlay to the test class path",
                    e);
        }
    }

    @AfterEach
    final void closeProject() throws Exception {
        if (project != null) {
            project.close();
        }
        if (shared != null) {
            shared.remove();
        }
    }

    private StoreUnderTest shared() {
        if (shared == null) {
            throw new IllegalStateException("there is no static root: call this from a test only");
        }
        return shared;
    }

    private TestProject project() {
        if (project == null) {
            throw new IllegalStateException("there is no project: call this from a test only");
        }
        return project;
    }

    @Promise("shared entities are visible, belong to the static layer, and cannot be changed or deleted")
    void whatIsSharedIsSeen() throws Exception {
        SortedMap<String, ObjectInfo> before = sharedObjects();
        try (Root root = project().open()) {
            List<Entity> entities = entities(root);
            assertEquals(13, entities.size(), () -> "all shared entities are visible: " + entities);
            for (Entity entity : entities) {
                assertEquals("static", entity.layer().name(), () -> "the layer of " + entity);
                assertTrue(entity.readOnly(), () -> entity + " is read-only");
                assertThrows(ReadOnlyException.class, entity::delete, () -> entity + " cannot be deleted");
            }
            Run run = root.run("TS_1");
            assertThrows(ReadOnlyException.class, () -> picks(run).write(KitProject.points(3)));
            assertThrows(ReadOnlyException.class, () -> filaments(run).write(KitProject.filaments("TS_1", 3)));
            assertThrows(ReadOnlyException.class, () -> mesh(run).write(KitProject.mesh(3)));
            assertThrows(
                    ReadOnlyException.class, () -> tomogram(run).write(KitProject.floats(2), KitProject.options(2)));
            assertThrows(
                    ReadOnlyException.class, () -> features(run).write(KitProject.features(2), KitProject.options(2)));
            assertThrows(
                    ReadOnlyException.class,
                    () -> segmentation(run).write(KitProject.labels(0), KitProject.options(2)));
            assertThrows(
                    ReadOnlyException.class, () -> root.object("ribo").deleteDensityMap(), "the shared density map");
        }
        assertEquals(before, sharedObjects(), "no object of the static root changes");
        assertEquals(List.of(KitProject.CONFIG), keys(), "refused changes leave nothing in the overlay");
    }

    @Promise("new entities are created in the overlay, and no object of the static root changes")
    void creationsGoToTheOverlay() throws Exception {
        SortedMap<String, ObjectInfo> before = sharedObjects();
        SortedMap<String, String> seen;
        try (Root root = project().open()) {
            seen = ProjectState.of(root);
        }
        List<UserOperation> operations = new ArrayList<>(UserOperation.creating(true));
        operations.addAll(UserOperation.copying(true));
        for (UserOperation operation : operations) {
            try (Root root = project().open()) {
                if (operation.name().startsWith("copy tomogram in another")) {
                    operation.again().accept(root);
                } else {
                    operation.action().accept(root);
                }
            }
        }
        assertEquals(before, sharedObjects(), "no object of the static root changes");
        try (Root root = project().open()) {
            SortedMap<String, String> now = ProjectState.of(root);
            seen.forEach((key, state) -> assertEquals(state, now.get(key), key));
            long own = entities(root).stream()
                    .filter(entity -> entity.layer().name().equals("overlay"))
                    .count();
            // shared runs and voxel spacings count, too, if the overlay now has entities in them
            assertTrue(own >= operations.size() - 3, own + " entities of the overlay");
        }
    }

    @Promise("a copy in the overlay shadows the shared entity until it is deleted, for every kind")
    void copiesShadow() throws Exception {
        SortedMap<String, ObjectInfo> before = sharedObjects();
        SortedMap<String, String> original;
        try (Root root = project().open()) {
            original = ProjectState.of(root);
            Run run = root.run("TS_1");
            List<Entity> copies = List.of(
                    picks(run).writableCopy(),
                    filaments(run).writableCopy(),
                    mesh(run).writableCopy(),
                    segmentation(run).writableCopy(),
                    features(run).writableCopy(),
                    tomogram(run).writableCopy());
            copies.forEach(copy -> assertEquals("overlay", copy.layer().name()));
        }
        try (Root root = project().open()) {
            assertEquals(
                    List.of(),
                    ProjectState.differences(original, ProjectState.of(root)),
                    "a copy holds the content of the original");
            Run run = root.run("TS_1");
            picks(run).write(KitProject.points(3));
            filaments(run).write(KitProject.filaments("TS_1", 3));
            mesh(run).write(KitProject.mesh(3));
            segmentation(run).write(KitProject.labels(0), KitProject.options(2));
            features(run).write(KitProject.features(3), KitProject.options(2));
            tomogram(run).write(KitProject.floats(3), KitProject.options(2));
        }
        try (Root root = project().open()) {
            assertEquals(
                    6,
                    ProjectState.differences(original, ProjectState.of(root)).size(),
                    "the six changed copies are visible");
            Run run = root.run("TS_1");
            for (Entity copy :
                    List.of(picks(run), filaments(run), mesh(run), segmentation(run), features(run), tomogram(run))) {
                assertFalse(copy.readOnly(), () -> copy + " is writable");
                copy.delete();
            }
        }
        try (Root root = project().open()) {
            assertEquals(
                    List.of(),
                    ProjectState.differences(original, ProjectState.of(root)),
                    "the shared entities are visible after their copies are deleted");
        }
        assertEquals(before, sharedObjects(), "no object of the static root changes");
    }

    @Promise("deleting a run that exists in both layers is refused and deletes nothing")
    void runsOfBothLayersStay() {
        try (Root root = project().open()) {
            root.run("TS_2").newPicks(AnnotationId.of("ribo").user("bob").session("2"), OnExisting.FAIL);
        }
        List<String> before = keys();
        try (Root root = project().open()) {
            assertThrows(ReadOnlyException.class, () -> root.run("TS_2").delete());
        }
        assertEquals(before, keys(), "a refused deletion has no effect");
    }

    @Promise("a hidden entity of any kind is invisible, with its contents, until it is unhidden")
    void hiddenEntities() throws Exception {
        SortedMap<String, ObjectInfo> before = sharedObjects();
        SortedMap<String, String> original;
        List<EntityKey> keys;
        try (Root root = project().open()) {
            original = ProjectState.of(root);
            keys = entities(root).stream().map(Entity::key).toList();
        }
        for (EntityKey key : keys) {
            try (Root root = project().open()) {
                root.entity(key).hide();
            }
            try (Root root = project().open()) {
                assertTrue(root.find(key).isEmpty(), () -> key + " is hidden");
                SortedMap<String, String> seen = ProjectState.of(root);
                seen.forEach((found, state) -> assertEquals(original.get(found), state, found));
                assertFalse(seen.containsKey(key.toString()), () -> key + " is hidden");
                assertEquals(
                        List.of(key),
                        root.hidden().stream().map(HiddenEntity::key).toList());
                assertEquals(
                        original, ProjectState.of(root.unmerged()), "the unmerged view shows hidden entities, too");
                assertTrue(root.unhide(key), () -> key + " was hidden");
                assertFalse(root.unhide(key), () -> key + " is no longer hidden");
            }
            try (Root root = project().open()) {
                assertEquals(original, ProjectState.of(root), () -> key + " is visible again");
            }
        }
        assertEquals(before, sharedObjects(), "no object of the static root changes");
    }

    @Promise("diff lists the entities that the overlay adds, changes, duplicates and hides")
    void differences() {
        EntityKey.Picks added = new EntityKey.Picks("TS_1", "ribo", "bob", "2");
        EntityKey.Picks changed = new EntityKey.Picks("TS_1", "ribo", "alice", "1");
        try (Root root = project().open()) {
            assertEquals(List.of(), root.diff(), "a new overlay has no differences");
            Run run = root.run("TS_1");
            run.newPicks(AnnotationId.of("ribo").user("bob").session("2"), KitProject.points(2));
            picks(run).writableCopy();
            picks(run).write(KitProject.points(3));
            segmentation(run).writableCopy();
            mesh(run).hide();
        }
        try (Root root = project().open()) {
            Map<EntityKey, Difference.Kind> kinds = new HashMap<>();
            root.diff().forEach(difference -> kinds.put(difference.key(), difference.kind()));
            assertEquals(
                    Map.of(
                            added,
                            Difference.Kind.ADDED,
                            changed,
                            Difference.Kind.CHANGED,
                            UserOperation.segmentation(),
                            Difference.Kind.SAME,
                            new EntityKey.Mesh("TS_1", "membrane", "alice", "1"),
                            Difference.Kind.HIDDEN),
                    kinds);
        }
    }

    @Promise("copying, hiding and publishing that fail leave the old or the new state, and can be repeated")
    void failedChanges() throws Exception {
        boolean atOnce = can(StoreCapability.REPLACE_PREFIX);
        List<String> lines = new ArrayList<>();
        List<String> violations;
        try (TestProject elsewhere = inMemory();
                Root source = elsewhere.open();
                FaultMatrix matrix = new FaultMatrix(
                        place(),
                        shared(),
                        Math.max(1, 20 / rounds()),
                        root -> mesh(root.run("TS_1")).hide())) {
            for (UserOperation operation : UserOperation.overlaying(atOnce, source)) {
                lines.add(matrix.run(operation));
            }
            violations = matrix.violations();
        }
        System.out.println("Faults in the overlay, " + subject() + ": " + violations.size() + " violations\n"
                + String.join("\n", lines));
        assertEquals(List.of(), violations.stream().limit(3).toList(), violations.size() + " violations");
    }

    /** Creates a project with entities that the shared one lacks. */
    private static TestProject inMemory() {
        MemoryUnderTest memory = new MemoryUnderTest();
        TestProject project = new TestProject(memory, store -> store);
        try (ObjectStore store = memory.open()) {
            TestProject.sample(project.url()).forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
        }
        try (Root root = project.open()) {
            Run run = root.run("TS_1");
            run.newPicks(AnnotationId.of("ribo").user("carol").session("3"), KitProject.points(4));
            run.voxelSpacing(10).newTomogram("published", KitProject.floats(4), KitProject.options(3));
        }
        return project;
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        store().forEach("", object -> keys.add(object.key()));
        return keys;
    }

    private SortedMap<String, ObjectInfo> sharedObjects() throws Exception {
        SortedMap<String, ObjectInfo> objects = new TreeMap<>();
        try (ObjectStore store = shared().open()) {
            store.forEach("", object -> objects.put(object.key(), object));
        }
        return objects;
    }

    private static List<Entity> entities(Root root) {
        List<Entity> entities = new ArrayList<>();
        for (Run run : root.runs()) {
            entities.add(run);
            run.voxelSpacings().forEach(spacing -> {
                entities.add(spacing);
                spacing.tomograms().forEach(tomogram -> {
                    entities.add(tomogram);
                    entities.addAll(tomogram.features());
                });
            });
            entities.addAll(run.picks());
            entities.addAll(run.filaments());
            entities.addAll(run.meshes());
            entities.addAll(run.segmentations());
        }
        return entities;
    }

    private static Picks picks(Run run) {
        return run.picks(AnnotationId.of("ribo").user("alice").session("1"));
    }

    private static Filaments filaments(Run run) {
        return run.filaments(AnnotationId.of("mt").user("alice").session("1"));
    }

    private static Mesh mesh(Run run) {
        return run.mesh(AnnotationId.of("membrane").user("alice").session("1"));
    }

    private static Tomogram tomogram(Run run) {
        return run.voxelSpacing(10).tomogram("wbp");
    }

    private static Features features(Run run) {
        return tomogram(run).features("sobel");
    }

    private static Segmentation segmentation(Run run) {
        return run.segmentation(
                SegmentationId.binary("membrane").at(10).user("alice").session("1"));
    }
}
