package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.HiddenEntity;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises of {@link Backend} about prefetching views and hidden entities, and the set-up for all backend tests. */
@TestMethodOrder(DeclaredOrder.class)
@ExtendWith(PromiseExtension.class)
abstract class BackendViewPromises {
    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    private static final List<EntityKind> RUN_CHILDREN = List.of(
            EntityKind.VOXEL_SPACING, EntityKind.PICKS, EntityKind.FILAMENTS, EntityKind.MESH, EntityKind.SEGMENTATION);
    private static final EntityKey.Tomogram TOMOGRAM_TO_COME =
            new EntityKey.Tomogram("TS_003", new VoxelSize(7.84), "denoised");
    static final byte[] CONTENT = "{\"some\": \"content\"}".getBytes(StandardCharsets.UTF_8);
    static final EntityKey.Run RUN = new EntityKey.Run("TS_001");
    static final EntityKey.Spacing SPACING = new EntityKey.Spacing("TS_001", new VoxelSize(10));
    static final EntityKey.Segmentation SEGMENTATION =
            new EntityKey.Segmentation("TS_001", new VoxelSize(10), "membrane", "alice", "1", SegmentationType.BINARY);
    static final EntityKey.Picks PICKS = new EntityKey.Picks("TS_001", "ribosome", "alice", "1");

    Backend backend;
    private boolean opened;

    BackendViewPromises() {}

    /**
     * {@return an empty backend whose first layer is writable}
     *
     * @throws Exception if the backend cannot be made
     */
    protected abstract Backend openEmpty() throws Exception;

    /**
     * {@return whether exactly one of several callers that create one document succeeds, even from different processes}
     *
     * <p>Override this only if the storage behind the backend cannot promise that, for example a store without {@code
     * CREATE_IF_ABSENT}. Then at least one caller must succeed, and the result must be the whole document of one
     * caller.
     */
    protected boolean createsAtomically() {
        return true;
    }

    @BeforeEach
    void openBackend() throws Exception {
        RecordedCalls.forget();
        backend = RecordedCalls.of(openEmpty());
        opened = true;
    }

    @AfterEach
    void closeBackend() {
        RecordedCalls.forget();
        if (opened) {
            backend.close();
            backend.close();
        }
    }

    @Promise("an entity of any kind can be hidden, is listed as hidden, and can be unhidden")
    void keysAreHiddenAndUnhidden() {
        for (EntityKey key : oneOfEachKind()) {
            if (!hides(key)) {
                return;
            }
            backend.hide(key);
            assertTrue(backend.hides(key), () -> "a hidden entity is reported as hidden: " + key);
            assertTrue(backend.find(key).isEmpty(), () -> "hiding creates no entity: " + key);
            Listing listing = backend.list(key.kind(), key.parent().orElse(null));
            assertEquals(List.of(), listing.entries(), () -> "a tombstone is not listed as an entity: " + key);
            assertEquals(
                    List.of(),
                    listing.unparsableNames(),
                    () -> "a tombstone is not listed as an unparsable name: " + key);
            assertEquals(
                    List.of(key),
                    listing.hidden().stream().map(HiddenEntity::key).toList(),
                    () -> "the listing contains the hidden entity: " + key);
            assertTrue(backend.unhide(key), () -> "unhide returns true for a hidden entity: " + key);
            assertFalse(backend.unhide(key), () -> "unhide returns false for an entity that is not hidden: " + key);
            assertFalse(backend.hides(key), () -> "an unhidden entity is not reported as hidden: " + key);
        }
    }

    @Promise("a hidden entity can be created, and an entity in the writable layer cannot be hidden")
    void whatIsHiddenIsCreatedAnew() {
        if (!hides(PICKS)) {
            return;
        }
        Entry mine = backend.createDocument(PICKS, CONTENT).entry();
        assertEquals(mine, backend.find(PICKS).orElseThrow(), "hiding affects the layers below, not the writable one");
        assertTrue(backend.hides(PICKS), "creating an entity does not unhide it");
        backend.delete(mine);
        assertTrue(backend.hides(PICKS), "deleting an entity does not unhide it");
        assertTrue(backend.unhide(PICKS));
        Entry again = backend.createDocument(PICKS, CONTENT).entry();
        assertThrows(
                AlreadyExistsException.class,
                () -> backend.hide(PICKS),
                "an entity in the writable layer cannot be hidden, only deleted");
        assertThrows(
                AlreadyExistsException.class,
                () -> backend.hide(RUN),
                "a run with contents in the writable layer cannot be hidden");
        assertEquals(CONTENT.length, backend.size(again));
        backend.delete(again);
        backend.createContainer(SPACING);
        backend.hide(RUN);
        assertEquals(
                List.of(),
                backend.list(EntityKind.RUN, null).entries(),
                "hiding a run removes its empty folder from the writable layer");
        assertTrue(backend.unhide(RUN));
    }

    /** Hides a key and returns true, or returns false if this kind of backend cannot hide. */
    private boolean hides(EntityKey key) {
        try {
            backend.hide(key);
            return true;
        } catch (UnsupportedFeatureException e) {
            assertFalse(backend.hides(key), "a backend that cannot hide reports nothing as hidden");
            assertThrows(UnsupportedFeatureException.class, () -> backend.unhide(key));
            return false;
        }
    }

    @Promise("a prefetching view lists the same entities as the backend")
    void browsingListsTheSame() {
        fill();
        Backend view = backend.prefetching(MAX_AGE);
        for (int round = 0; round < 2; round++) {
            assertSameAsBackend(view);
        }
    }

    @Promise("a prefetching view shows later changes made through its backend")
    void browsingShowsChanges() {
        fill();
        Backend view = backend.prefetching(MAX_AGE);
        assertSameAsBackend(view);

        Entry picks = backend.createDocument(new EntityKey.Picks("TS_002", "ribosome", "bob", "7"), CONTENT)
                .entry();
        assertSameAsBackend(view);
        backend.delete(picks);
        assertSameAsBackend(view);
        try (ObjectStore space = view.open(view.entryForNew(TOMOGRAM_TO_COME))) {
            space.write(".zgroup", CONTENT, WriteCondition.ANY);
        }
        assertSameAsBackend(view);
        backend.createContainer(new EntityKey.Run("TS_0015"));
        assertSameAsBackend(view);
        backend.delete(backend.find(RUN).orElseThrow());
        assertSameAsBackend(view);
        if (hides(PICKS)) {
            backend.hide(PICKS);
            assertSameAsBackend(view);
        }
    }

    /** Creates three runs with several kinds of entities. */
    private void fill() {
        for (String run : new String[] {"TS_001", "TS_002", "TS_003"}) {
            backend.createContainer(new EntityKey.Spacing(run, new VoxelSize(10)));
            backend.createContainer(new EntityKey.Spacing(run, new VoxelSize(7.84)));
            backend.createDocument(new EntityKey.Picks(run, "ribosome", "alice", "1"), CONTENT);
            backend.createDocument(new EntityKey.Mesh(run, "membrane", "alice", "1"), CONTENT);
            for (EntityKey key : List.of(
                    new EntityKey.Tomogram(run, new VoxelSize(10), "wbp"),
                    new EntityKey.Features(run, new VoxelSize(10), "wbp", "sobel"),
                    new EntityKey.Segmentation(
                            run, new VoxelSize(10), "membrane", "alice", "1", SegmentationType.BINARY))) {
                try (ObjectStore space = backend.open(backend.entryForNew(key))) {
                    space.write(".zgroup", CONTENT, WriteCondition.ANY);
                    space.write("0/.zarray", CONTENT, WriteCondition.ANY);
                    space.write("0/0/0/0", CONTENT, WriteCondition.ANY);
                }
            }
        }
    }

    private void assertSameAsBackend(Backend view) {
        Listing runs = backend.list(EntityKind.RUN, null);
        assertEquals(runs, view.list(EntityKind.RUN, null), "runs in the prefetching view");
        for (Entry run : runs.entries()) {
            assertSameWithin(view, run.key(), RUN_CHILDREN);
            for (Entry spacing :
                    backend.list(EntityKind.VOXEL_SPACING, run.key()).entries()) {
                assertSameWithin(view, spacing.key(), List.of(EntityKind.TOMOGRAM));
                for (Entry tomogram :
                        backend.list(EntityKind.TOMOGRAM, spacing.key()).entries()) {
                    assertSameWithin(view, tomogram.key(), List.of(EntityKind.FEATURES));
                }
            }
        }
    }

    private void assertSameWithin(Backend view, EntityKey parent, List<EntityKind> kinds) {
        for (EntityKind kind : kinds) {
            Listing listing = backend.list(kind, parent);
            assertEquals(listing, view.list(kind, parent), () -> kind + " of " + parent + " in the prefetching view");
            for (Entry entry : listing.entries()) {
                assertEquals(
                        Optional.of(entry),
                        view.find(entry.key()),
                        () -> "found in the prefetching view: " + entry.key());
            }
        }
    }

    static List<EntityKey.Annotation> documents() {
        return List.of(
                PICKS,
                new EntityKey.Filaments("TS_001", "microtubule", "alice", "1"),
                new EntityKey.Mesh("TS_001", "membrane", "alice", "1"));
    }

    static List<EntityKey> oneOfEachKind() {
        List<EntityKey> keys = new ArrayList<>(documents());
        keys.add(RUN);
        keys.add(SPACING);
        keys.add(new EntityKey.Tomogram("TS_001", new VoxelSize(10), "wbp"));
        keys.add(new EntityKey.Features("TS_001", new VoxelSize(10), "wbp", "sobel"));
        keys.add(new EntityKey.DensityMap("ribosome"));
        for (SegmentationType type : SegmentationType.values()) {
            keys.add(new EntityKey.Segmentation("TS_001", new VoxelSize(10), "membrane", "alice", "1", type));
        }
        return keys;
    }
}
