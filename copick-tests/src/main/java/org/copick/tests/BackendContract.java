package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.spi.Backend;
import org.copick.spi.CreatedDocument;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/**
 * Tests every promise of {@link Backend}.
 *
 * <p>Extend this class and return an empty backend from {@link #openEmpty}. A backend that passes all tests is
 * complete.
 */
public abstract class BackendContract extends BackendViewPromises {
    /** Creates a contract for a subclass. */
    protected BackendContract() {}

    @Promise("layer names are distinct, and at most the first layer is writable")
    void layersAreNamedAndOnlyTheFirstIsWritable() {
        assertFalse(backend.layers().isEmpty(), "a backend has at least one layer");
        assertFalse(backend.layers().get(0).readOnly(), "this contract needs a writable first layer");
        assertTrue(
                backend.layers().stream().skip(1).allMatch(layer -> layer.readOnly()),
                "at most one layer is writable, and then it is the first");
        assertEquals(
                backend.layers().size(),
                backend.layers().stream().map(layer -> layer.name()).distinct().count(),
                "layer names are distinct");
    }

    @Promise("looking up or listing absent entities returns empty results, for every kind")
    void absentIsEmpty() {
        assertEquals(List.of(), backend.list(EntityKind.RUN, null).entries(), "absent entities are an empty result");
        assertEquals(
                List.of(), backend.list(EntityKind.DENSITY_MAP, null).entries(), "absent entities are an empty result");
        assertEquals(
                List.of(), backend.list(EntityKind.TOMOGRAM, SPACING).entries(), "absent entities are an empty result");
        for (EntityKind kind : List.of(
                EntityKind.VOXEL_SPACING,
                EntityKind.PICKS,
                EntityKind.FILAMENTS,
                EntityKind.MESH,
                EntityKind.SEGMENTATION)) {
            assertEquals(
                    List.of(), backend.list(kind, RUN).entries(), () -> "an absent entity is an empty result: " + kind);
        }
        for (EntityKey key : oneOfEachKind()) {
            assertTrue(backend.find(key).isEmpty(), () -> "an absent entity is an empty result: " + key);
        }
    }

    @Promise("a parent of the wrong kind is refused")
    void parentsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> backend.list(EntityKind.PICKS, null));
        assertThrows(IllegalArgumentException.class, () -> backend.list(EntityKind.TOMOGRAM, RUN));
        assertThrows(IllegalArgumentException.class, () -> backend.list(EntityKind.FEATURES, SPACING));
    }

    @Promise("runs and voxel spacings are created once, found and listed")
    void containersAreCreatedAndListed() {
        Entry run = backend.createContainer(RUN);
        assertEquals(RUN, run.key());
        assertEquals(backend.layers().get(0), run.layer(), "new entities go to the writable layer");
        assertEquals(List.of(run), backend.list(EntityKind.RUN, null).entries());
        assertEquals(run, backend.find(RUN).orElseThrow());

        Entry spacing = backend.createContainer(SPACING);
        assertEquals(
                List.of(spacing), backend.list(EntityKind.VOXEL_SPACING, RUN).entries());
        assertEquals(spacing, backend.find(SPACING).orElseThrow());
        assertEquals(
                spacing, backend.createContainer(SPACING), "creating a container that already exists changes nothing");
        assertEquals(1, backend.list(EntityKind.VOXEL_SPACING, RUN).entries().size());
    }

    @Promise("voxel spacings are listed by size")
    void spacingsAreListedBySize() {
        for (double size : new double[] {13.48, 5, 10, 7.8405, 100}) {
            backend.createContainer(new EntityKey.Spacing("TS_001", new VoxelSize(size)));
        }
        List<Double> sizes = backend.list(EntityKind.VOXEL_SPACING, RUN).entries().stream()
                .map(entry -> ((EntityKey.Spacing) entry.key()).size().angstrom())
                .toList();
        assertEquals(List.of(5.0, 7.84, 10.0, 13.48, 100.0), sizes, "voxel spacings are listed by rounded size");
    }

    @Promise("documents keep their content, and a run exists as soon as it contains something")
    void documentsKeepTheirContent() {
        for (EntityKey.Annotation key : documents()) {
            CreatedDocument document = backend.createDocument(key, CONTENT);
            Entry created = document.entry();
            assertEquals(key, created.key());
            assertEquals(
                    document.version(),
                    backend.read(created).orElseThrow().info().version(),
                    "a created document has the returned version");
            assertEquals(created, backend.find(key).orElseThrow());
            assertEquals(List.of(created), backend.list(key.kind(), RUN).entries());
            assertArrayEquals(CONTENT, backend.read(created).orElseThrow().bytes(), () -> "content of " + key);
            assertEquals(CONTENT.length, backend.size(created), () -> "size of " + key);
        }
        assertEquals(
                List.of(RUN),
                backend.list(EntityKind.RUN, null).entries().stream()
                        .map(Entry::key)
                        .toList(),
                "a run exists as soon as it contains something");
    }

    @Promise("a backend caches no listing: the next one shows created and deleted entities")
    void noListingIsKept() {
        for (int round = 0; round < 2; round++) {
            assertEquals(List.of(), backend.list(EntityKind.PICKS, RUN).entries(), "a deleted document is not listed");
            assertTrue(backend.find(PICKS).isEmpty(), "a deleted document is not found");
            Entry entry = backend.createDocument(PICKS, CONTENT).entry();
            assertEquals(List.of(entry), backend.list(EntityKind.PICKS, RUN).entries(), "a created document is listed");
            assertEquals(entry, backend.find(PICKS).orElseThrow(), "a created document is found");
            backend.delete(entry);
        }
    }

    @Promise("creating a document that the writable layer already has is refused")
    void aDocumentIsCreatedOnce() {
        Entry first = backend.createDocument(PICKS, CONTENT).entry();
        assertThrows(
                AlreadyExistsException.class,
                () -> backend.createDocument(PICKS, new byte[] {1}),
                "creating a document that the writable layer already has is refused");
        assertArrayEquals(
                CONTENT,
                backend.read(first).orElseThrow().bytes(),
                "a refused creation leaves the existing document as it is");
    }

    @Promise("of many callers that create one document, exactly one succeeds")
    void ofManyCreatorsOneWins() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 10; round++) {
                EntityKey.Picks key = new EntityKey.Picks("TS_001", "ribosome", "alice", "round" + round);
                List<Callable<Boolean>> creators = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    byte[] content = ("creator " + thread).getBytes(StandardCharsets.UTF_8);
                    creators.add(() -> {
                        try {
                            backend.createDocument(key, content);
                            return true;
                        } catch (AlreadyExistsException e) {
                            return false;
                        }
                    });
                }
                int winners = 0;
                for (Future<Boolean> outcome : pool.invokeAll(creators)) {
                    winners += outcome.get() ? 1 : 0;
                }
                if (createsAtomically()) {
                    assertEquals(1, winners, "of many callers that create one document, exactly one succeeds");
                }
                assertTrue(winners > 0, "of many callers that create one document, at least one succeeds");
                byte[] kept = backend.read(backend.find(key).orElseThrow())
                        .orElseThrow()
                        .bytes();
                assertEquals(
                        "creator ".length() + 1, kept.length, "the document holds the content of exactly one caller");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Promise("a document that was changed or deleted since it was read is not overwritten")
    void documentsAreReplacedByVersion() {
        Entry entry = backend.createDocument(PICKS, CONTENT).entry();
        Version first = backend.read(entry).orElseThrow().info().version();
        byte[] changed = "changed".getBytes(StandardCharsets.UTF_8);
        Version second = backend.replaceDocument(entry, changed, WriteCondition.ifVersion(first));
        assertArrayEquals(changed, backend.read(entry).orElseThrow().bytes());
        assertEquals(second, backend.read(entry).orElseThrow().info().version());
        assertThrows(
                ConflictException.class,
                () -> backend.replaceDocument(entry, CONTENT, WriteCondition.ifVersion(first)),
                "a document that was changed since it was read is not overwritten");
        assertArrayEquals(changed, backend.read(entry).orElseThrow().bytes());
        backend.delete(entry);
        assertThrows(
                ConflictException.class,
                () -> backend.replaceDocument(entry, CONTENT, WriteCondition.ifVersion(second)),
                "a document that was deleted since it was read is not recreated");
        assertTrue(backend.read(entry).isEmpty(), "reading a deleted document is an empty result, not an error");
    }

    @Promise("annotations are listed by user, session and object, by code point")
    void listsAreInOrder() {
        for (String user : new String[] {"b", "a", "10", "1", "a.b", "Z", "\uFF5A", "\uD835\uDC9C"}) {
            for (String session : new String[] {"0", "00", "x"}) {
                backend.createDocument(new EntityKey.Picks("TS_001", "ribosome", user, session), CONTENT);
            }
        }
        List<String> names = backend.list(EntityKind.PICKS, RUN).entries().stream()
                .map(entry -> (EntityKey.Picks) entry.key())
                .map(key -> key.user() + "_" + key.session())
                .toList();
        List<String> expected = new ArrayList<>();
        for (String user : new String[] {"1", "10", "Z", "a", "a.b", "b", "\uFF5A", "\uD835\uDC9C"}) {
            for (String session : new String[] {"00", "0", "x"}) {
                expected.add(user + "_" + session);
            }
        }
        expected.sort(java.util.Comparator.comparing(name -> name + "_", org.copick.storage.KeyOrder.BY_CODE_POINT));
        assertEquals(expected, names, "annotations are listed by user, session and object, by code point");
    }

    @Promise("unusual but legal names are stored and listed unchanged")
    void oddButLegalNamesSurvive() {
        for (String name :
                new String[] {"a.b-c", "x@y=z", "n+1", "grün", "日本", "a~b,c", "#&!$()", "a'b", "%20", "{x}"}) {
            Entry entry = backend.createDocument(new EntityKey.Picks("TS_001", name, name, name), CONTENT)
                    .entry();
            assertEquals(entry, backend.find(entry.key()).orElseThrow(), () -> "found again: " + name);
            assertTrue(backend.list(EntityKind.PICKS, RUN).entries().contains(entry), () -> "listed: " + name);
        }
        for (String name : new String[] {"grid 2 tomo-14", "run_4.b", "ä", "a+b"}) {
            Entry run = backend.createContainer(new EntityKey.Run(name));
            assertTrue(backend.list(EntityKind.RUN, null).entries().contains(run), () -> "listed: " + name);
        }
    }

    @Promise("a name is a single path segment and cannot refer to another folder")
    void namesCannotLeadElsewhere() {
        for (String name : new String[] {"..", ".", "", "a/b", "../x", "a\0b"}) {
            assertThrows(
                    InvalidNameException.class,
                    () -> backend.createContainer(new EntityKey.Run(name)),
                    () -> "a name is a single path segment: " + name);
            assertThrows(InvalidNameException.class, () -> backend.find(new EntityKey.Run(name)));
            if (!name.isEmpty() && !name.startsWith(".")) {
                assertThrows(
                        InvalidNameException.class,
                        () -> backend.createDocument(new EntityKey.Picks("TS_001", name, "a", "1"), CONTENT));
            }
        }
    }

    @Promise("deleting an entity deletes everything in it and nothing else")
    void deletingTakesEverythingWithIt() {
        backend.createContainer(RUN);
        backend.createContainer(SPACING);
        Entry picks = backend.createDocument(PICKS, CONTENT).entry();
        Entry volume = backend.entryForNew(SEGMENTATION);
        try (ObjectStore space = backend.open(volume)) {
            space.write(".zgroup", CONTENT, WriteCondition.ANY);
        }
        Entry other = backend.createContainer(new EntityKey.Run("TS_0011"));
        Entry run = backend.find(RUN).orElseThrow();

        backend.delete(run);

        assertTrue(backend.find(RUN).isEmpty(), "a deleted run is not found");
        assertTrue(backend.find(SPACING).isEmpty(), "deleting a run deletes its voxel spacings");
        assertTrue(backend.read(picks).isEmpty(), "deleting a run deletes its picks");
        assertTrue(backend.find(SEGMENTATION).isEmpty(), "deleting a run deletes its segmentations");
        assertEquals(List.of(other), backend.list(EntityKind.RUN, null).entries(), "others stay");
        backend.delete(run);
        backend.delete(picks);
    }

    @Promise("each volume has its own key space; keys outside it are refused")
    void volumesAreKeySpaces() {
        EntityKey.Segmentation key = SEGMENTATION;
        assertTrue(backend.find(key).isEmpty());
        Entry entry = backend.entryForNew(key);
        assertEquals(key, entry.key());
        assertTrue(backend.find(key).isEmpty(), "nothing is stored until the key space is written");
        try (ObjectStore space = backend.open(entry)) {
            assertTrue(
                    space.capabilities().contains(StoreCapability.WRITE),
                    "the key space of an entity in a writable layer can be written");
            space.write(".zgroup", CONTENT, WriteCondition.ANY);
            space.write("0/.zarray", CONTENT, WriteCondition.ANY);
        }
        Entry found = backend.find(key).orElseThrow();
        assertEquals(entry, found);
        assertEquals(List.of(found), backend.list(EntityKind.SEGMENTATION, RUN).entries());
        assertEquals(2L * CONTENT.length, backend.size(found), "the size is that of all its objects");
        try (ObjectStore space = backend.open(found)) {
            assertArrayEquals(CONTENT, space.read("0/.zarray").orElseThrow().bytes());
            assertThrows(
                    InvalidNameException.class, () -> space.read("../x"), "keys outside the key space are refused");
        }
        backend.delete(found);
        assertEquals(List.of(), backend.list(EntityKind.SEGMENTATION, RUN).entries());
    }

    @Promise("reading creates nothing")
    void readingCreatesNothing() {
        Listing before = backend.list(EntityKind.RUN, null);
        oneOfEachKind().forEach(backend::find);
        backend.list(EntityKind.SEGMENTATION, RUN);
        backend.unmerged().list(EntityKind.PICKS, RUN);
        assertEquals(before, backend.list(EntityKind.RUN, null), "reading creates nothing");
    }
}
