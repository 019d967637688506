package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.KeyOrder;
import org.copick.storage.ListPage;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** A promise tested with random operations: a store behaves like a sorted map. */
interface StoreRandomContract extends StoreFixture {
    /** Tests that after random operations, a store holds the same objects as a sorted map. */
    @Promise("after random operations, a store holds the same objects as a sorted map")
    default void randomOperationsMatchASortedMap() {
        if (refuses(StoreCapability.WRITE, () -> store().write("a0", new byte[1], WriteCondition.ANY))) {
            return;
        }
        long seed = Long.getLong("copick.seed", System.nanoTime());
        Session session = new Session(this, seed);
        for (int step = 0; step < 40 * rounds(); step++) {
            try {
                session.step();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "random operations with seed " + seed + " fail at step " + step + ": " + e.getMessage(), e);
            }
        }
    }

    /** A store, a map with its expected contents, and a random generator for the next operation. */
    final class Session {
        /** Folder names, which differ from object names, so that no object lies where a folder must be. */
        private static final List<String> FOLDERS = List.of("a", "ab", "a!", "a.b", "\u00fc", "\ud800\udc00", "\uff5a");

        private static final List<String> NAMES = List.of("a0", "a-x", "z.json", "b c", "\ud83d\ude00", "\uff61", "0");

        private final StoreFixture fixture;
        private final Random random;
        private final TreeMap<String, byte[]> model = new TreeMap<>(KeyOrder.BY_CODE_POINT);

        Session(StoreFixture fixture, long seed) {
            this.fixture = fixture;
            this.random = new Random(seed);
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> write();
                case 3 -> read();
                case 4 -> readRanges();
                case 5 -> delete();
                case 6 -> deletePrefix();
                case 7 -> list();
                case 8 -> listFolder();
                default -> everything();
            }
        }

        private void write() {
            String key = key();
            byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(30)];
            random.nextBytes(bytes);
            byte @Nullable [] before = model.get(key);
            int kind = random.nextInt(3);
            if (kind == 1 && fixture.can(StoreCapability.CREATE_IF_ABSENT)) {
                if (before != null) {
                    assertThrows(
                            AlreadyExistsException.class,
                            () -> fixture.store().write(key, bytes, WriteCondition.IF_ABSENT),
                            "IF_ABSENT on the existing key " + key);
                    return;
                }
                fixture.store().write(key, bytes, WriteCondition.IF_ABSENT);
            } else if (kind == 2 && before != null && fixture.can(fixture.replacing())) {
                Version version = fixture.store().info(key).orElseThrow().version();
                WriteCondition wrong = WriteCondition.ifVersion(new Version(version.value() + "0"));
                assertThrows(
                        ConflictException.class,
                        () -> fixture.store().write(key, bytes, wrong),
                        "IfVersion with a wrong version of " + key);
                fixture.store().write(key, bytes, WriteCondition.ifVersion(version));
            } else {
                fixture.store().write(key, bytes, WriteCondition.ANY);
            }
            model.put(key, bytes);
        }

        private void read() {
            String key = key();
            byte @Nullable [] expected = model.get(key);
            assertEquals(expected != null, fixture.store().info(key).isPresent(), "info " + key);
            fixture.store()
                    .read(key)
                    .ifPresentOrElse(
                            read -> assertArrayEquals(expected, read.bytes(), "read " + key),
                            () -> assertEquals(null, expected, "read " + key));
        }

        private void readRanges() {
            String key = key();
            List<ByteRange> ranges = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                int length = random.nextInt(200);
                ranges.add(random.nextBoolean() ? ByteRange.last(length) : ByteRange.of(random.nextInt(300), length));
            }
            byte @Nullable [] expected = model.get(key);
            RangesRead read = fixture.store().readRanges(key, ranges, null).orElse(null);
            assertEquals(expected != null, read != null, "ranges of " + key);
            if (expected != null && read != null) {
                for (int i = 0; i < ranges.size(); i++) {
                    int from = (int) ranges.get(i).startIn(expected.length);
                    int to = from + (int) ranges.get(i).lengthIn(expected.length);
                    assertArrayEquals(
                            Arrays.copyOfRange(expected, from, to), read.parts().get(i), ranges.get(i) + " of " + key);
                }
            }
        }

        private void delete() {
            List<String> keys = List.of(key(), key(), key());
            if (random.nextBoolean()) {
                fixture.store().deleteAll(keys);
                keys.forEach(model::remove);
            } else {
                fixture.store().delete(keys.get(0));
                model.remove(keys.get(0));
            }
        }

        private void deletePrefix() {
            String prefix = prefix();
            if (!prefix.isEmpty()) {
                fixture.store().deletePrefix(prefix);
                model.keySet().removeIf(key -> key.startsWith(prefix));
            }
        }

        private void list() {
            String prefix = prefix();
            String after = random.nextBoolean() ? null : random.nextBoolean() ? key() : prefix();
            int limit = 1 + random.nextInt(6);
            List<String> expected = model.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .filter(key -> after == null || KeyOrder.BY_CODE_POINT.compare(key, after) > 0)
                    .toList();
            ListPage page = fixture.store().list(prefix, after, limit);
            int size = page.objects().size();
            String what = "list \"" + prefix + "\" after " + after;
            assertTrue(size <= limit && size <= expected.size(), what + " returns too many objects");
            assertEquals(expected.subList(0, size), StoreFixture.keys(page.objects()), what);
            if (page.complete()) {
                assertEquals(expected.size(), size, what + " returns too few objects");
            }
        }

        private void listFolder() {
            String prefix = prefix();
            List<String> objects = new ArrayList<>();
            TreeSet<String> prefixes = new TreeSet<>(KeyOrder.BY_CODE_POINT);
            for (String key : model.keySet()) {
                if (key.startsWith(prefix)) {
                    int slash = key.indexOf('/', prefix.length());
                    if (slash < 0) {
                        objects.add(key);
                    } else {
                        prefixes.add(key.substring(0, slash + 1));
                    }
                }
            }
            FolderListing level = fixture.store().listFolder(prefix);
            assertEquals(objects, StoreFixture.keys(level.objects()), "objects of level \"" + prefix + "\"");
            if (fixture.can(StoreCapability.FOLDERS)) {
                assertTrue(level.prefixes().containsAll(prefixes), "prefixes of level \"" + prefix + "\"");
            } else {
                assertEquals(List.copyOf(prefixes), level.prefixes(), "prefixes of level \"" + prefix + "\"");
            }
            for (String below : level.prefixes()) {
                assertTrue(fixture.store().holds(below), "holds returns true for a listed prefix: " + below);
            }
        }

        private void everything() {
            assertEquals(List.copyOf(model.keySet()), StoreFixture.keys(fixture.each("")), "all keys in order");
        }

        private String key() {
            while (true) {
                String key = prefix() + NAMES.get(random.nextInt(NAMES.size()));
                if (fixture.place().canHold(key)) {
                    return key;
                }
            }
        }

        private String prefix() {
            StringBuilder prefix = new StringBuilder();
            for (int i = random.nextInt(3); i > 0; i--) {
                prefix.append(FOLDERS.get(random.nextInt(FOLDERS.size()))).append('/');
            }
            return prefix.toString();
        }
    }
}
