package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.ReadOnlyException;
import org.copick.layout.IndexedStore;
import org.copick.layout.RootIndex;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProviders;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a root lists the same through its index as without, for random trees of keys. */
final class IndexedListingTest {
    private static final List<String> NAMES = List.of(
            "TS_1",
            "a",
            "a.b",
            "a-",
            "Picks",
            "é",
            "\uffee",
            "\ud83d\ude00",
            "u_1_ribo.json",
            ".meta",
            "b.zarr",
            ".b.zarr.writing",
            "b.zarr.m-1-2-3.staged",
            ".x.hidden-v1",
            "zarr.json",
            ".zattrs",
            "0",
            "0.0.0",
            "c");

    @TempDir
    private Path folder;

    private static Map<String, byte[]> tree(Random random, List<String> names) {
        TreeMap<String, byte[]> objects = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        int count = random.nextInt(120);
        for (int i = 0; i < count; i++) {
            List<String> parts = new ArrayList<>();
            parts.add(random.nextInt(8) == 0 ? "other" : random.nextInt(3) == 0 ? "Objects" : "ExperimentRuns");
            int depth = random.nextInt(5);
            for (int part = 0; part <= depth; part++) {
                parts.add(names.get(random.nextInt(names.size())));
            }
            objects.put(String.join("/", parts), new byte[random.nextInt(5)]);
        }
        // neither an object and a folder of one name, nor anything below an object
        objects.keySet().removeIf(key -> {
            String next = objects.higherKey(key + "/");
            return next != null && next.startsWith(key + "/");
        });
        return objects;
    }

    private static Set<String> prefixes(Iterable<String> keys) {
        TreeSet<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
        prefixes.addAll(List.of("", "ExperimentRuns/", "Objects/", "ExperimentRuns/none/", "other/"));
        for (String key : keys) {
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                prefixes.add(key.substring(0, slash + 1));
            }
        }
        return prefixes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyPrefixOfAnObjectStoreListsTheSame(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            MemoryStore store = MemoryStore.of(tree(random, NAMES));
            RootIndex.write(store);
            assertSame(store, random, "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyPrefixOfAFolderListsTheSame(int seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            Path root = folder.resolve("root" + round);
            Files.createDirectories(root.resolve("ExperimentRuns/empty/deeper"));
            Files.createDirectories(root.resolve("ExperimentRuns/empty.zarr"));
            try (ObjectStore store = StorageProviders.open(root.toString(), Map.of())) {
                tree(random, NAMES).forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
                RootIndex.write(store);
                assertSame(store, random, "seed " + seed + ", round " + round);
                try (IndexedStore indexed = IndexedStore.over(store)) {
                    assertEquals(true, indexed.holds("ExperimentRuns/empty/deeper/"));
                    assertEquals(true, indexed.holds("ExperimentRuns/empty.zarr/"));
                }
            }
        }
    }

    private static void assertSame(ObjectStore store, Random random, String at) {
        IndexedStore indexed = IndexedStore.over(store);
        List<ObjectInfo> all = each(store, "", null, 1000);
        for (String prefix : prefixes(all.stream().map(ObjectInfo::key).toList())) {
            String where = prefix + ", " + at;
            FolderListing expected = store.listFolder(prefix);
            FolderListing found = indexed.listFolder(prefix);
            assertEquals(expected.prefixes(), found.prefixes(), () -> "folder " + where);
            assertSame(expected.objects(), found.objects(), "folder " + where);
            assertSame(each(store, prefix, null, 1000), each(indexed, prefix, null, 1000), "all of " + where);
            int limit = 1 + random.nextInt(3);
            assertSame(each(store, prefix, null, limit), each(indexed, prefix, null, limit), "pages " + where);
            String after = all.get(random.nextInt(all.size())).key();
            assertSame(
                    each(store, prefix, after, limit),
                    each(indexed, prefix, after, limit),
                    "after " + after + " in " + where);
            List<ObjectInfo> called = new ArrayList<>();
            indexed.forEach(prefix, called::add);
            assertSame(each(store, prefix, null, 1000), called, "each of " + where);
            if (!prefix.isEmpty()) {
                assertEquals(store.holds(prefix), indexed.holds(prefix), () -> "holds " + where);
            }
        }
        for (ObjectInfo object : all) {
            assertEquals(Optional.of(object), indexed.info(object.key()), at);
            assertEquals(
                    object, indexed.read(object.key()).orElseThrow().info(), () -> "read " + object.key() + ", " + at);
            assertEquals(Optional.empty(), indexed.info(object.key() + "x"), at);
        }
    }

    /** Compares objects of a store with those of a listing from an index, which knows no versions. */
    private static void assertSame(List<ObjectInfo> expected, List<ObjectInfo> found, String where) {
        assertEquals(expected.size(), found.size(), where);
        for (int i = 0; i < found.size(); i++) {
            ObjectInfo object = expected.get(i);
            boolean isKnown = !found.get(i).version().value().isEmpty();
            Version version = isKnown ? object.version() : new Version("");
            assertEquals(new ObjectInfo(object.key(), object.size(), version), found.get(i), where);
        }
    }

    private static List<ObjectInfo> each(ObjectStore store, String prefix, @Nullable String after, int limit) {
        List<ObjectInfo> all = new ArrayList<>();
        @Nullable String last = after;
        while (true) {
            ListPage page = store.list(prefix, last, limit);
            all.addAll(page.objects());
            if (page.complete()) {
                return all;
            }
            last = all.get(all.size() - 1).key();
        }
    }

    @Test
    void versionsOfAnotherPlaceAreNotTrusted() {
        String key = "ExperimentRuns/a/Picks/u_1_ribo.json";
        MemoryStore author = MemoryStore.of(Map.of(key, new byte[] {1}, "ExperimentRuns/a/.meta", new byte[] {2}));
        RootIndex.write(author);
        MemoryStore store = new MemoryStore();
        for (int i = 0; i < 10; i++) {
            store.write(key, new byte[] {3}, WriteCondition.ANY);
        }
        store.write(RootIndex.KEY, author.read(RootIndex.KEY).orElseThrow().bytes(), WriteCondition.ANY);
        IndexedStore indexed = IndexedStore.over(store);
        Version listed =
                indexed.listFolder("ExperimentRuns/a/Picks/").objects().get(0).version();
        assertEquals(new Version(""), listed);
        byte[] into = new byte[1];
        ObjectInfo now = store.info(key).orElseThrow();
        assertEquals(Optional.of(now), indexed.readInto(key, ByteRange.of(0, 1), listed, into));
        assertEquals(3, into[0]);
        assertEquals(
                now,
                indexed.readRanges(key, List.of(ByteRange.of(0, 1)), listed)
                        .orElseThrow()
                        .info());
        assertThrows(
                ConflictException.class,
                () -> indexed.readRanges(key, List.of(ByteRange.of(0, 1)), new Version("other")),
                "versions of reads count");
    }

    @Test
    void aStoreThroughAnIndexIsReadOnlyAndWithoutFolders() {
        MemoryStore store = new MemoryStore();
        RootIndex.write(store);
        IndexedStore indexed = IndexedStore.over(store);
        assertThrows(
                ReadOnlyException.class,
                () -> indexed.write("ExperimentRuns/a/.meta", new byte[1], WriteCondition.ANY));
        assertThrows(ReadOnlyException.class, () -> indexed.deletePrefix("ExperimentRuns/"));
        assertEquals(false, indexed.can(StoreCapability.WRITE));
        assertEquals(Set.of(), indexed.capabilities());
        assertThrows(IllegalArgumentException.class, () -> indexed.list("ExperimentRuns/", null, 0));
    }

    @Test
    void aClosedStoreListsNothing() {
        MemoryStore store = new MemoryStore();
        RootIndex.write(store);
        IndexedStore indexed = IndexedStore.over(store);
        indexed.listFolder("ExperimentRuns/");
        indexed.close();
        assertThrows(ClosedException.class, () -> indexed.listFolder("ExperimentRuns/"));
        assertThrows(ClosedException.class, () -> indexed.holds("ExperimentRuns/a/"));
        assertThrows(ClosedException.class, () -> store.listFolder(""), "the store is closed, too");
    }

    @Test
    void anInterruptedThreadListsNothing() {
        MemoryStore store = new MemoryStore();
        RootIndex.write(store);
        IndexedStore indexed = IndexedStore.over(store);
        indexed.listFolder("ExperimentRuns/");
        Thread.currentThread().interrupt();
        try {
            assertThrows(OperationInterruptedException.class, () -> indexed.listFolder("ExperimentRuns/"));
        } finally {
            assertEquals(true, Thread.interrupted(), "the flag stays set");
        }
    }
}
