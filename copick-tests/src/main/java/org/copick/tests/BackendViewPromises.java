package org.copick.tests;

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
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises of {@link Backend} about its views: those that prefetch, and what a layer hides. With what all tests of backends need. */
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

    BackendViewPromises() {}

    /** A backend without any entity, with a writable first layer. */
    protected abstract Backend openEmpty() throws Exception;

    /**
     * Whether of several who create one document exactly one succeeds, whoever they are. To be overridden only where what is
     * behind the backend cannot promise that, as a store without {@code CREATE_IF_ABSENT}; then at least one must, and what is
     * there must be the whole document of one of them.
     */
    protected boolean createsAtomically() {
        return true;
    }

    @BeforeEach
    void openBackend() throws Exception {
        backend = openEmpty();
    }

    @AfterEach
    void closeBackend() {
        backend.close();
        backend.close();
    }

    @Promise("a key of any kind can be hidden, is then listed as hidden, and can be unhidden")
    void keysAreHiddenAndUnhidden() {
        for (EntityKey key : oneOfEachKind()) {
            if (!hides(key)) {
                return;
            }
            backend.hide(key);
            assertTrue(backend.hides(key), () -> "hidden, and hiding it again changes nothing: " + key);
            assertTrue(backend.find(key).isEmpty(), () -> "nothing is there: " + key);
            Listing listing = backend.list(key.kind(), key.parent().orElse(null));
            assertEquals(List.of(), listing.entries(), () -> "what hides is no entity: " + key);
            assertEquals(List.of(), listing.unparsableNames(), () -> "nor a name without meaning: " + key);
            assertEquals(
                    List.of(key),
                    listing.hidden().stream().map(HiddenEntity::key).toList(),
                    () -> "it comes with the listing: " + key);
            assertTrue(backend.unhide(key), () -> "it was hidden: " + key);
            assertFalse(backend.unhide(key), () -> "it was not: " + key);
            assertFalse(backend.hides(key), () -> "unhidden: " + key);
        }
    }

    @Promise("what is hidden can be created anew, and what the writable layer has is not hidden")
    void whatIsHiddenIsCreatedAnew() {
        if (!hides(PICKS)) {
            return;
        }
        Entry mine = backend.createDocument(PICKS, CONTENT).entry();
        assertEquals(mine, backend.find(PICKS).orElseThrow(), "the layers below are hidden, not this one");
        assertTrue(backend.hides(PICKS), "creating does not unhide");
        backend.delete(mine);
        assertTrue(backend.hides(PICKS), "nor does deleting");
        assertTrue(backend.unhide(PICKS));
        Entry again = backend.createDocument(PICKS, CONTENT).entry();
        assertThrows(
                AlreadyExistsException.class,
                () -> backend.hide(PICKS),
                "what the writable layer has is to be deleted");
        assertThrows(AlreadyExistsException.class, () -> backend.hide(RUN), "so is what it has something in");
        assertEquals(CONTENT.length, backend.size(again));
        backend.delete(again);
        backend.createContainer(SPACING);
        backend.hide(RUN);
        assertEquals(List.of(), backend.list(EntityKind.RUN, null).entries(), "an empty run goes away");
        assertTrue(backend.unhide(RUN));
    }

    /** Hides a key where this kind of backend can. */
    private boolean hides(EntityKey key) {
        try {
            backend.hide(key);
            return true;
        } catch (UnsupportedFeatureException e) {
            assertFalse(backend.hides(key), "what cannot be hidden is not hidden");
            assertThrows(UnsupportedFeatureException.class, () -> backend.unhide(key));
            return false;
        }
    }

    @Promise("a prefetching view lists what the backend lists")
    void browsingListsTheSame() {
        fill();
        Backend view = backend.prefetching(MAX_AGE);
        for (int round = 0; round < 2; round++) {
            assertSameAsBackend(view);
        }
    }

    @Promise("a prefetching view shows what was changed since through its backend")
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

    /** Three runs with some of everything. */
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
        assertEquals(runs, view.list(EntityKind.RUN, null), "runs, looked through");
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
            assertEquals(listing, view.list(kind, parent), () -> kind + " of " + parent + ", looked through");
            for (Entry entry : listing.entries()) {
                assertEquals(
                        Optional.of(entry), view.find(entry.key()), () -> "found when looked through: " + entry.key());
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
