package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.EntityOrder;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ReadOnlyException;
import org.copick.layout.LayoutBackend;
import org.copick.spi.Backend;
import org.copick.spi.Entry;
import org.copick.spi.Listing;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares random layers, which have, hide, create and delete entities of every kind, with a simple model of layers.
 */
final class HidingLayersTest {
    private static final List<EntityKey> UNIVERSE = universe();

    /** The entities that one layer has and hides. A container exists if it is marked, or if there is anything in it. */
    private record LayerModel(Set<EntityKey> present, Set<EntityKey> tombstones) {
        boolean has(EntityKey key) {
            return present.contains(key)
                    || present.stream().anyMatch(other -> isIn(other, key))
                    || tombstones.stream().anyMatch(other -> isIn(other, key));
        }

        boolean hides(EntityKey key) {
            return tombstones.contains(key) || key.parent().map(this::hides).orElse(false);
        }

        boolean hasContentIn(EntityKey container) {
            return present.stream()
                    .anyMatch(key -> isIn(key, container) && key.kind().content() != EntityKind.Content.CONTAINER);
        }

        void clear(EntityKey key) {
            present.removeIf(other -> other.equals(key) || isIn(other, key));
            tombstones.removeIf(other -> isIn(other, key));
        }
    }

    @Test
    void randomLayersShowWhatTheModelSays() {
        long seed = 90125;
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            int count = 1 + random.nextInt(4);
            List<Backend> backends = new ArrayList<>();
            List<LayerModel> models = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                MemoryStore store = new MemoryStore();
                models.add(fill(new LayoutBackend(store, "layer" + i, false), random));
                backends.add(new LayoutBackend(store, "layer" + i, i > 0));
            }
            String told = "seed " + seed + ", round " + round;
            try (Backend overlay = new OverlayBackend(backends)) {
                compare(told, overlay, models, 0);
                for (int step = 0; step < 12; step++) {
                    EntityKey key = UNIVERSE.get(random.nextInt(UNIVERSE.size()));
                    int action = random.nextInt(4);
                    String now = told + ", step " + step + ", action " + action + " on " + key;
                    switch (action) {
                        case 0 -> hide(now, overlay, models.get(0), key);
                        case 1 -> assertEquals(models.get(0).tombstones().remove(key), overlay.unhide(key), now);
                        case 2 -> create(now, overlay, models, key);
                        default -> delete(now, overlay, models, key);
                    }
                    compare(now, overlay, models, 0);
                }
            }
        }
    }

    /** Fills a layer: outer tombstones first, because hiding removes the tombstones inside, and entities last. */
    private static LayerModel fill(Backend layer, Random random) {
        LayerModel model = new LayerModel(new HashSet<>(), new HashSet<>());
        int hidden = random.nextInt(4);
        int there = random.nextInt(UNIVERSE.size());
        List<EntityKey> order = new ArrayList<>(UNIVERSE);
        Collections.shuffle(order, random);
        order.subList(0, hidden).stream()
                .sorted(Comparator.comparing(EntityKey::kind))
                .forEach(key -> {
                    layer.hide(key);
                    model.tombstones().add(key);
                });
        Collections.shuffle(order, random);
        for (EntityKey key : order.subList(0, there)) {
            put(layer, key);
            model.present().add(key);
        }
        return model;
    }

    private static void put(Backend backend, EntityKey key) {
        switch (key.kind().content()) {
            case CONTAINER -> backend.createContainer(key);
            case DOCUMENT -> backend.createDocument(key, new byte[] {1});
            case VOLUME -> {
                try (ObjectStore volume = backend.open(backend.entryForNew(key))) {
                    volume.write(".zgroup", new byte[] {1}, WriteCondition.ANY);
                }
            }
        }
    }

    private static void hide(String told, Backend overlay, LayerModel top, EntityKey key) {
        boolean isHere = top.hasContentIn(key)
                || (key.kind().content() != EntityKind.Content.CONTAINER
                        && (top.present().contains(key)
                                || top.present().stream()
                                        .anyMatch(other -> other.parent().equals(Optional.of(key)))));
        if (!top.tombstones().contains(key) && isHere) {
            assertThrows(AlreadyExistsException.class, () -> overlay.hide(key), told);
            return;
        }
        overlay.hide(key);
        if (top.tombstones().add(key) && key.kind().content() == EntityKind.Content.CONTAINER) {
            top.clear(key);
        }
    }

    private static void create(String told, Backend overlay, List<LayerModel> models, EntityKey key) {
        LayerModel top = models.get(0);
        if (key.kind().content() == EntityKind.Content.DOCUMENT && top.present().contains(key)) {
            assertThrows(AlreadyExistsException.class, () -> put(overlay, key), told);
        } else {
            put(overlay, key);
            top.present().add(key);
        }
    }

    private static void delete(String told, Backend overlay, List<LayerModel> models, EntityKey key) {
        Optional<Entry> found = overlay.find(key);
        if (found.isEmpty()) {
            return;
        }
        boolean shownBelow = key.kind().content() == EntityKind.Content.CONTAINER;
        if (shownBelow) {
            shownBelow = false;
            for (int i = 1; i < models.size(); i++) {
                shownBelow |= models.get(i).has(key) && isShown(models, 0, i, key);
            }
        }
        if (found.get().layer().readOnly() || shownBelow) {
            assertThrows(ReadOnlyException.class, () -> overlay.delete(found.get()), told);
        } else {
            overlay.delete(found.get());
            models.get(0).clear(key);
        }
    }

    private static void compare(String told, Backend shown, List<LayerModel> models, int first) {
        Map<String, List<EntityKey>> lists = new TreeMap<>();
        for (EntityKey key : UNIVERSE) {
            Integer layer = layerOf(models, first, key);
            assertEquals(
                    layer == null ? "none" : "layer" + layer,
                    shown.find(key).map(entry -> entry.layer().name()).orElse("none"),
                    () -> told + ": find " + key + " from layer " + first);
            assertEquals(models.get(first).tombstones().contains(key), shown.hides(key), told);
            lists.computeIfAbsent(key.kind() + " " + key.parent(), k -> new ArrayList<>())
                    .add(key);
        }
        for (List<EntityKey> siblings : lists.values()) {
            EntityKind kind = siblings.get(0).kind();
            EntityKey parent = siblings.get(0).parent().orElse(null);
            List<String> expected = siblings.stream()
                    .filter(key -> layerOf(models, first, key) != null)
                    .sorted(EntityOrder.INSTANCE)
                    .map(key -> key + " layer" + layerOf(models, first, key))
                    .toList();
            Listing listing = shown.list(kind, parent);
            assertEquals(
                    expected,
                    listing.entries().stream()
                            .map(entry -> entry.key() + " " + entry.layer().name())
                            .toList(),
                    () -> told + ": " + kind + " of " + parent + " from layer " + first);
            assertEquals(List.of(), listing.unparsableNames(), told);
            Set<String> tombstones = new HashSet<>();
            Set<String> copies = new HashSet<>();
            for (int i = first; i < models.size(); i++) {
                for (EntityKey key : siblings) {
                    if (models.get(i).tombstones().contains(key)) {
                        tombstones.add(key + " layer" + i);
                    }
                    if (models.get(i).has(key)) {
                        copies.add(key.toString());
                    }
                }
            }
            Listing all = shown.unmerged().list(kind, parent);
            assertEquals(
                    tombstones,
                    all.hidden().stream()
                            .map(hidden -> hidden.key() + " " + hidden.layer().name())
                            .collect(Collectors.toSet()),
                    told);
            assertEquals(
                    copies,
                    all.entries().stream().map(entry -> entry.key().toString()).collect(Collectors.toSet()),
                    () -> told + ": everything is there in the unmerged view");
        }
        if (first + 1 < models.size()) {
            compare(told, shown.below().orElseThrow(), models, first + 1);
        } else {
            assertEquals(Optional.empty(), shown.below(), told);
        }
    }

    private static @Nullable Integer layerOf(List<LayerModel> models, int first, EntityKey key) {
        for (int i = first; i < models.size(); i++) {
            if (models.get(i).has(key)) {
                return isShown(models, first, i, key) ? i : null;
            }
        }
        return null;
    }

    private static boolean isShown(List<LayerModel> models, int first, int layer, EntityKey key) {
        return models.subList(first, layer).stream().noneMatch(model -> model.hides(key));
    }

    /** Returns whether a key's entity lies in the folder of another key. */
    private static boolean isIn(EntityKey key, EntityKey container) {
        if (container instanceof EntityKey.Run run) {
            return !key.equals(container)
                    && key instanceof EntityKey.InRun inRun
                    && inRun.run().equals(run.run());
        }
        EntityKey at = key instanceof EntityKey.Features ? key.parent().orElseThrow() : key;
        return container instanceof EntityKey.Spacing
                && at instanceof EntityKey.Tomogram
                && at.parent().equals(Optional.of(container));
    }

    private static List<EntityKey> universe() {
        List<EntityKey> keys = new ArrayList<>();
        for (String name : List.of("ribosome", "x.y")) {
            keys.add(new EntityKey.DensityMap(name));
        }
        for (String run : List.of("TS_1", "b.2")) {
            keys.add(new EntityKey.Run(run));
            for (double angstrom : new double[] {10, 13.48}) {
                VoxelSize size = new VoxelSize(angstrom);
                keys.add(new EntityKey.Spacing(run, size));
                for (String type : List.of("wbp", "den-1")) {
                    keys.add(new EntityKey.Tomogram(run, size, type));
                    keys.add(new EntityKey.Features(run, size, type, "sobel_a"));
                }
                for (SegmentationType type : SegmentationType.values()) {
                    keys.add(new EntityKey.Segmentation(run, size, "m", "u", "1", type));
                }
            }
            for (String user : List.of("a", "b.c")) {
                keys.add(new EntityKey.Picks(run, "ribosome", user, "1"));
                keys.add(new EntityKey.Filaments(run, "actin", user, "1"));
                keys.add(new EntityKey.Mesh(run, "membrane", user, "0"));
            }
        }
        return keys;
    }
}
