package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the results and the number of requests of reading whole projects in object stores. */
final class PrefetchingTest {
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final List<EntityKind> IN_RUN = List.of(
            EntityKind.VOXEL_SPACING, EntityKind.PICKS, EntityKind.FILAMENTS, EntityKind.MESH, EntityKind.SEGMENTATION);

    /** A store whose pages cost one request, like those of object stores. */
    private static final class FlatStore extends InterceptingStore {
        private final Set<StoreCapability> more;

        FlatStore(ObjectStore store, boolean seeks) {
            super(store);
            more = seeks
                    ? EnumSet.of(StoreCapability.FLAT_LISTING, StoreCapability.SEEK_LISTING)
                    : EnumSet.of(StoreCapability.FLAT_LISTING);
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> forward) {
            return forward.get();
        }

        @Override
        public Set<StoreCapability> capabilities() {
            EnumSet<StoreCapability> all = EnumSet.copyOf(super.capabilities());
            all.addAll(more);
            all.remove(StoreCapability.REPLACE_PREFIX);
            return all;
        }
    }

    private static final List<String> RUNS =
            List.of("TS_1", "TS_10", "TS_1.b", "TS_2", "~run", "\ud83d\ude00", "\uff5a", "a.zarr", ".x", "b c");
    private static final List<String> METADATA =
            List.of("zarr.json", ".zgroup", ".zattrs", "0/.zarray", "0/zarr.json", "0/.zattrs");

    private static void put(ObjectStore store, String key) {
        store.write(key, new byte[] {1}, WriteCondition.ANY);
    }

    /** Returns a project of runs with three picks each, and a tomogram with the given number of chunks. */
    private static MemoryStore project(int runs, int chunks) {
        MemoryStore store = new MemoryStore();
        for (int i = 0; i < runs; i++) {
            String run = String.format("ExperimentRuns/TS_%03d/", i);
            for (String object : List.of("ribosome", "proteasome", "apoferritin")) {
                put(store, run + "Picks/gapstop_0_" + object + ".json");
            }
            String tomogram = run + "VoxelSpacing10.000/wbp.zarr/";
            put(store, tomogram + ".zattrs");
            put(store, tomogram + ".zgroup");
            put(store, tomogram + "0/.zarray");
            for (int j = 0; j < chunks; j++) {
                put(store, tomogram + "0/" + j / 100 + "/" + j % 100 + "/0");
            }
        }
        return store;
    }

    private static int listEverything(Backend view, int runs) {
        int tomograms = 0;
        List<Entry> found = view.list(EntityKind.RUN, null).entries();
        assertEquals(runs, found.size());
        for (Entry run : found) {
            assertEquals(3, view.list(EntityKind.PICKS, run.key()).entries().size());
            for (Entry spacing : view.list(EntityKind.VOXEL_SPACING, run.key()).entries()) {
                tomograms +=
                        view.list(EntityKind.TOMOGRAM, spacing.key()).entries().size();
            }
        }
        return tomograms;
    }

    private static List<String> kinds(CountingStore counting) {
        return counting.calls().stream().map(call -> call.kind().toString()).toList();
    }

    private static CountingStore counted(MemoryStore store, boolean seeks) {
        return new CountingStore(new FlatStore(store, seeks));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHundredRunsTakeAFewListings(boolean seeks) {
        CountingStore counting = counted(project(100, 3), seeks);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        assertEquals(100, listEverything(view, 100));
        assertEquals(List.of("LIST_FOLDER", "LIST"), kinds(counting), "runs, 900 keys");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pagesOfAThousandKeysAreReadOneAfterTheOther(boolean seeks) {
        CountingStore counting = counted(project(100, 80), seeks);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        assertEquals(100, listEverything(view, 100));
        assertEquals(10, counting.calls().size(), "9 pages for 8600 keys, and the runs before");
    }

    @Test
    void theChunksOfBigTomogramsArePassedOver() {
        CountingStore counting = counted(project(40, 2000), true);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        assertEquals(40, listEverything(view, 40));
        assertEquals(42, counting.calls().size(), "a page for each tomogram, and a last one that is empty");
    }

    @Test
    void aStoreThatCannotBeginAnywhereIsListedLevelByLevelWhereChunksPrevail() {
        CountingStore counting = counted(project(20, 10_000), false);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        assertEquals(20, listEverything(view, 20));
        assertTrue(counting.calls().size() < 5 * 20, () -> counting.calls().size() + " calls");
    }

    @Test
    void twoLayersTakeAFewListingsEach() {
        CountingStore shared = counted(project(100, 3), true);
        MemoryStore mine = new MemoryStore();
        put(mine, "ExperimentRuns/TS_007/Picks/me_1_ribosome.json");
        put(mine, "ExperimentRuns/TS_007/.meta");
        CountingStore own = counted(mine, true);
        Backend view = new OverlayBackend(
                        List.of(new LayoutBackend(own, "overlay", false), new LayoutBackend(shared, "static", true)))
                .prefetching(MAX_AGE);
        int tomograms = 0;
        for (Entry run : view.list(EntityKind.RUN, null).entries()) {
            view.list(EntityKind.PICKS, run.key());
            for (Entry spacing : view.list(EntityKind.VOXEL_SPACING, run.key()).entries()) {
                tomograms +=
                        view.list(EntityKind.TOMOGRAM, spacing.key()).entries().size();
            }
        }
        assertEquals(100, tomograms);
        assertEquals(List.of("LIST_FOLDER", "LIST"), kinds(own), "no request per tombstone");
        assertEquals(List.of("LIST_FOLDER", "LIST"), kinds(shared));
    }

    @Test
    void aLookIntoTheFirstRunTakesAPageAndNoMoreThanOneWhereChunksComeFirst() {
        CountingStore counting = counted(project(40, 2000), false);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        EntityKey first = view.list(EntityKind.RUN, null).entries().get(0).key();
        assertEquals(1, view.list(EntityKind.VOXEL_SPACING, first).entries().size());
        assertEquals(List.of("LIST_FOLDER", "LIST", "LIST_FOLDER"), kinds(counting));
    }

    @Test
    void oneRunCostsWhatItDid() {
        CountingStore counting = counted(project(100, 3), true);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        EntityKey.Run run = new EntityKey.Run("TS_050");
        assertEquals(3, view.list(EntityKind.PICKS, run).entries().size());
        assertEquals(1, view.list(EntityKind.VOXEL_SPACING, run).entries().size());
        assertEquals(0, view.list(EntityKind.MESH, run).entries().size());
        assertEquals(0, view.list(EntityKind.SEGMENTATION, run).entries().size());
        assertEquals(List.of("LIST_FOLDER", "LIST"), kinds(counting), "the run's picks, then everything in the run");
    }

    @Test
    void whatIsChangedIsSeen() {
        CountingStore counting = counted(project(10, 3), true);
        Backend backend = new LayoutBackend(counting, "overlay", false);
        Backend view = backend.prefetching(MAX_AGE);
        listEverything(view, 10);
        EntityKey.Run run = new EntityKey.Run("TS_004");
        Entry created = backend.createDocument(new EntityKey.Picks("TS_004", "me", "1", "ribosome"), new byte[1])
                .entry();
        assertEquals(4, view.list(EntityKind.PICKS, run).entries().size());
        listEverythingAgain(view);
        backend.delete(created);
        assertEquals(3, view.list(EntityKind.PICKS, run).entries().size());
        listEverythingAgain(view);
        ObjectStore volume =
                backend.open(backend.entryForNew(new EntityKey.Tomogram("TS_004", new VoxelSize(10), "new")));
        put(volume, ".zgroup");
        EntityKey.Spacing spacing = new EntityKey.Spacing("TS_004", new VoxelSize(10));
        assertEquals(
                2,
                view.list(EntityKind.TOMOGRAM, spacing).entries().size(),
                "writes through the volume's store are seen, too");
    }

    private static void listEverythingAgain(Backend view) {
        for (Entry run : view.list(EntityKind.RUN, null).entries()) {
            IN_RUN.forEach(kind -> view.list(kind, run.key()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listingsAreTheSameAsWithoutReadingAhead(boolean seeks) {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            MemoryStore store = randomProject(random);
            Backend backend = new LayoutBackend(new FlatStore(store, seeks), "overlay", false);
            Backend view = backend.prefetching(MAX_AGE);
            List<@Nullable EntityKey> parents = new ArrayList<>();
            List<EntityKind> kinds = new ArrayList<>();
            assertSame(backend, view, EntityKind.RUN, null, seed);
            for (Entry run : backend.list(EntityKind.RUN, null).entries()) {
                for (EntityKind kind : IN_RUN) {
                    parents.add(run.key());
                    kinds.add(kind);
                }
                for (Entry spacing :
                        backend.list(EntityKind.VOXEL_SPACING, run.key()).entries()) {
                    parents.add(spacing.key());
                    kinds.add(EntityKind.TOMOGRAM);
                }
            }
            int at = 0;
            for (int i = 0; i < parents.size(); i++) {
                // mostly the next one, sometimes a random one
                at = random.nextInt(5) == 0 ? random.nextInt(parents.size()) : (at + 1) % parents.size();
                assertSame(backend, view, kinds.get(at), parents.get(at), seed);
            }
        }
    }

    private static void assertSame(
            Backend backend, Backend view, EntityKind kind, @Nullable EntityKey parent, int seed) {
        Listing expected = backend.list(kind, parent);
        assertEquals(expected, view.list(kind, parent), () -> kind + " of " + parent + ", seed " + seed);
        for (Entry entry : expected.entries()) {
            assertEquals(backend.hides(entry.key()), view.hides(entry.key()), () -> "tombstone of " + entry);
            assertEquals(
                    backend.find(entry.key()), view.find(entry.key()), () -> "look for " + entry + ", seed " + seed);
            if (kind.content() == EntityKind.Content.VOLUME) {
                assertSameMetadata(backend.open(entry), view.open(entry), seed);
            }
        }
    }

    private static void assertSameMetadata(ObjectStore direct, ObjectStore known, int seed) {
        for (String key : METADATA) {
            assertEquals(
                    direct.read(key).isPresent(),
                    known.read(key).isPresent(),
                    () -> known + " " + key + ", seed " + seed);
        }
    }

    /** Finds existing entities without listing them, and no missing ones, regardless of earlier lookups. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLookedForIsFoundAsWithoutReadingAhead(boolean seeks) {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            MemoryStore store = randomProject(random);
            Backend backend = new LayoutBackend(new FlatStore(store, seeks), "overlay", false);
            List<EntityKey> keys = new ArrayList<>();
            for (String run : RUNS) {
                keys.add(new EntityKey.Run(run));
                for (VoxelSize size : List.of(new VoxelSize(10), new VoxelSize(1), new VoxelSize(7))) {
                    keys.add(new EntityKey.Spacing(run, size));
                    keys.add(new EntityKey.Tomogram(run, size, "wbp"));
                    keys.add(new EntityKey.Tomogram(run, size, "b"));
                    keys.add(new EntityKey.Features(run, size, "wbp", "sobel"));
                    keys.add(new EntityKey.Segmentation(run, size, "o", "u", "1", SegmentationType.BINARY));
                    keys.add(new EntityKey.Segmentation(run, size, "o", "u", "1", SegmentationType.MULTILABEL));
                }
                keys.add(new EntityKey.Picks(run, "o", "u1", "2"));
            }
            Collections.shuffle(keys, random);
            Backend view = backend.prefetching(MAX_AGE);
            for (EntityKey key : keys) {
                String told = key + ", seed " + seed;
                Optional<Entry> expected = backend.find(key);
                assertEquals(expected, view.find(key), told);
                if (expected.isPresent() && key.kind().content() == EntityKind.Content.VOLUME) {
                    assertSameMetadata(backend.open(expected.get()), view.open(expected.get()), seed);
                }
            }
        }
    }

    @Test
    @Timeout(120)
    void runsThatAreLookedForDoNotWaitForEachOther() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        ObjectStore slow = new InterceptingStore(project(10, 3)) {
            @Override
            protected <T> T call(StoreCall call, Supplier<T> forward) {
                if (call.key().equals("ExperimentRuns/TS_003/")) {
                    asked.countDown();
                    try {
                        answered.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return forward.get();
            }
        };
        Backend view = new LayoutBackend(new FlatStore(slow, true), "overlay", false).prefetching(MAX_AGE);
        CompletableFuture<Optional<Entry>> waiting =
                CompletableFuture.supplyAsync(() -> view.find(new EntityKey.Run("TS_003")));
        try {
            asked.await();
            assertTrue(view.find(new EntityKey.Run("TS_004")).isPresent());
        } finally {
            answered.countDown();
        }
        assertTrue(waiting.get().isPresent());
    }

    @Test
    void whatAVolumeHoldsIsAskedForEachTime() {
        MemoryStore store = project(3, 3);
        Backend view = new LayoutBackend(new FlatStore(store, true), "overlay", false).prefetching(MAX_AGE);
        Entry tomogram = view.find(new EntityKey.Tomogram("TS_001", new VoxelSize(10), "wbp"))
                .orElseThrow();
        ObjectStore volume = view.open(tomogram);
        assertEquals(1, volume.listFolder("0/0/0/").objects().size());
        Optional<ObjectInfo> before = volume.info("0/0/0/0");
        store.write(tomogram.handle() + "0/0/0/0", new byte[] {1, 2}, WriteCondition.ANY);
        assertNotEquals(before, volume.info("0/0/0/0"));
        assertEquals(2, volume.listFolder("0/0/0/").objects().get(0).size());
    }

    @Test
    void aRunThatIsLookedForTellsWhatIsInIt() {
        CountingStore counting = counted(project(100, 3), true);
        Backend view = new LayoutBackend(counting, "overlay", false).prefetching(MAX_AGE);
        assertTrue(view.find(new EntityKey.Run("TS_050")).isPresent());
        assertTrue(view.find(new EntityKey.Spacing("TS_050", new VoxelSize(10))).isPresent());
        Entry tomogram = view.find(new EntityKey.Tomogram("TS_050", new VoxelSize(10), "wbp"))
                .orElseThrow();
        assertTrue(view.find(new EntityKey.Picks("TS_050", "ribosome", "gapstop", "0"))
                .isPresent());
        assertEquals(
                3,
                view.list(EntityKind.PICKS, new EntityKey.Run("TS_050"))
                        .entries()
                        .size());
        assertTrue(view.open(tomogram).read("zarr.json").isEmpty());
        assertEquals(List.of("LIST"), kinds(counting), "one page answers all lookups");
        assertTrue(view.open(tomogram).read(".zgroup").isPresent());
        assertEquals(List.of("LIST", "READ"), kinds(counting));
    }

    private static MemoryStore randomProject(Random random) {
        MemoryStore store = new MemoryStore();
        for (String run : RUNS) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            String prefix = "ExperimentRuns/" + run + "/";
            if (random.nextInt(6) == 0) {
                put(store, "ExperimentRuns/." + run + ".hidden-v1");
            }
            put(store, prefix + ".meta");
            for (int i = random.nextInt(5); i > 0; i--) {
                String picks = "u" + random.nextInt(3) + "_" + random.nextInt(3) + "_o.json";
                put(store, prefix + "Picks/" + (random.nextInt(5) == 0 ? "." + picks + ".hidden-v1" : picks));
            }
            for (String volume : List.of(
                    "VoxelSpacing10.000/wbp.zarr",
                    "VoxelSpacing10.000/wbp_sobel_features.zarr",
                    "VoxelSpacing10.000/wbp.zarr0",
                    "VoxelSpacing1.000/a.zarr",
                    "VoxelSpacing1.0/b.zarr",
                    "Segmentations/10.000_u_1_o.zarr",
                    "Segmentations/10.000_u_1_o-multilabel.zarr",
                    "odd.zarr",
                    "VoxelSpacing10.000/wbp.zarr.old")) {
                int chunks = random.nextInt(3) == 0 ? 0 : random.nextInt(6) == 0 ? 1100 : random.nextInt(30);
                for (int i = 0; i < chunks; i++) {
                    put(store, prefix + volume + "/0/" + i);
                }
                for (String key : METADATA) {
                    if (chunks > 0 && random.nextInt(4) == 0) {
                        put(store, prefix + volume + "/" + key);
                    }
                }
                int slash = volume.lastIndexOf('/') + 1;
                if (random.nextInt(8) == 0) {
                    put(store, prefix + volume.substring(0, slash) + "." + volume.substring(slash) + ".writing");
                }
                if (random.nextInt(8) == 0) {
                    put(store, prefix + volume.substring(0, slash) + "." + volume.substring(slash) + ".hidden-v1");
                }
            }
        }
        return store;
    }
}
