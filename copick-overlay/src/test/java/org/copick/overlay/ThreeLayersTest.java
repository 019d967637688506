package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.error.ReadOnlyException;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.Test;

/** Compares the merging of layers with a simple model: each key belongs to the first layer that has it. */
final class ThreeLayersTest {
    private static final EntityKey.Run RUN = new EntityKey.Run("r");
    private static final List<String> NAMES = List.of("mine", "team", "public");

    @Test
    void randomLayersMergeAsTheModelSays() {
        long seed = 4711;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<MemoryStore> stores = new ArrayList<>();
            List<Map<String, byte[]>> models = new ArrayList<>();
            for (int layer = 0; layer < 3; layer++) {
                MemoryStore store = new MemoryStore();
                Map<String, byte[]> model = new HashMap<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    String user = String.valueOf((char) ('a' + random.nextInt(4)));
                    byte[] content = (layer + ":" + user).getBytes(StandardCharsets.UTF_8);
                    store.write("ExperimentRuns/r/Picks/" + user + "_1_x.json", content, WriteCondition.ANY);
                    model.put(user, content);
                }
                stores.add(store);
                models.add(model);
            }
            try (Backend overlay = overlay(stores)) {
                TreeMap<String, Integer> first = new TreeMap<>();
                for (int layer = 2; layer >= 0; layer--) {
                    for (String user : models.get(layer).keySet()) {
                        first.put(user, layer);
                    }
                }
                List<Entry> entries = overlay.list(EntityKind.PICKS, RUN).entries();
                String told = "seed " + seed + ", round " + round;
                assertEquals(
                        new ArrayList<>(first.keySet()),
                        entries.stream()
                                .map(e -> ((EntityKey.Picks) e.key()).user())
                                .toList(),
                        told);
                for (Entry entry : entries) {
                    String user = ((EntityKey.Picks) entry.key()).user();
                    int layer = first.getOrDefault(user, -1);
                    assertEquals(NAMES.get(layer), entry.layer().name(), told);
                    assertEquals(entry, overlay.find(entry.key()).orElseThrow(), told);
                    assertArrayEquals(
                            models.get(layer).get(user),
                            overlay.read(entry).orElseThrow().bytes(),
                            told);
                }
                List<String> all = overlay.unmerged().list(EntityKind.PICKS, RUN).entries().stream()
                        .map(e -> e.layer().name() + " " + ((EntityKey.Picks) e.key()).user())
                        .toList();
                List<String> expected = new ArrayList<>();
                for (int layer = 2; layer >= 0; layer--) {
                    for (String user : new TreeSet<>(models.get(layer).keySet())) {
                        expected.add(NAMES.get(layer) + " " + user);
                    }
                }
                assertEquals(expected, all, told + ": every copy, read-only layers first");
                long runs = models.stream().allMatch(Map::isEmpty) ? 0 : 1;
                assertEquals(
                        runs,
                        overlay.unmerged().list(EntityKind.RUN, null).entries().size(),
                        told);
            }
        }
    }

    @Test
    void readOnlyLayersAreNeverChanged() {
        MemoryStore shared = new MemoryStore();
        shared.write("ExperimentRuns/r/Picks/a_1_x.json", new byte[] {1}, WriteCondition.ANY);
        shared.write("ExperimentRuns/r/.meta", new byte[] {1}, WriteCondition.ANY);
        List<MemoryStore> stores = List.of(new MemoryStore(), new MemoryStore(), shared);
        try (Backend overlay = overlay(stores)) {
            Entry picks = overlay.list(EntityKind.PICKS, RUN).entries().get(0);
            assertThrows(ReadOnlyException.class, () -> overlay.delete(picks));
            assertThrows(
                    ReadOnlyException.class, () -> overlay.replaceDocument(picks, new byte[] {2}, WriteCondition.ANY));

            Entry mine = overlay.createDocument(picks.key(), new byte[] {3}).entry();
            assertEquals("mine", mine.layer().name());
            assertEquals(mine, overlay.find(picks.key()).orElseThrow(), "the new document shadows the shared one");
            Entry run = overlay.find(RUN).orElseThrow();
            assertEquals("mine", run.layer().name());
            assertThrows(
                    ReadOnlyException.class,
                    () -> overlay.delete(run),
                    "the run would remain listed, because a read-only layer has it, too");

            overlay.delete(mine);
            assertEquals(picks, overlay.find(picks.key()).orElseThrow(), "the shared document is visible again");
        }
    }

    @Test
    void withoutAWritableLayerNothingIsCreated() {
        try (Backend overlay = new OverlayBackend(List.of(
                new LayoutBackend(new MemoryStore(), "a", true), new LayoutBackend(new MemoryStore(), "b", true)))) {
            assertThrows(ReadOnlyException.class, () -> overlay.createContainer(RUN));
            assertThrows(
                    ReadOnlyException.class,
                    () -> overlay.createDocument(new EntityKey.Picks("r", "x", "a", "1"), new byte[0]));
        }
    }

    @Test
    void impossibleCombinationsAreRefused() {
        LayoutBackend writable = new LayoutBackend(new MemoryStore(), "a", false);
        assertThrows(IllegalArgumentException.class, () -> new OverlayBackend(List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new OverlayBackend(List.of(writable, new LayoutBackend(new MemoryStore(), "b", false))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new OverlayBackend(List.of(writable, new LayoutBackend(new MemoryStore(), "a", true))));
    }

    private static Backend overlay(List<MemoryStore> stores) {
        List<Backend> backends = new ArrayList<>();
        for (int layer = 0; layer < stores.size(); layer++) {
            backends.add(new LayoutBackend(stores.get(layer), NAMES.get(layer), layer > 0));
        }
        return new OverlayBackend(backends);
    }
}
