package org.copick.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.KeyOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the compact table of an index's entries. */
final class KeyTableTest {
    private static final List<String> VERSIONS = List.of(
            "",
            "\"\"",
            "\"",
            "0",
            "00",
            "\"0123456789abcdef\"",
            "0123456789abcdef",
            "\"0123456789ABCDEF\"",
            "12-34.5-6",
            "\u00e9",
            "\"00\"x",
            "1712345678901234",
            "171234567890123");

    private static IndexEntry entry(Random random, String name) {
        return switch (random.nextInt(3)) {
            case 0 -> new IndexEntry.Folder(name + "/");
            case 1 -> new IndexEntry.Counted(name + "/", random.nextInt(1000), random.nextLong() >>> 1);
            default ->
                new IndexEntry.Listed(
                        name,
                        random.nextLong() >>> random.nextInt(1, 64),
                        VERSIONS.get(random.nextInt(VERSIONS.size())));
        };
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            name.append(List.of("a", "b", "/", ".", "\u00e9", "\uffee", "\ud83d\ude00", "aaaaaaaaaaaaaaaa")
                    .get(random.nextInt(8)));
        }
        return name.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void aTableAnswersLikeATreeMap(int seed) {
        Random random = new Random(seed);
        TreeMap<String, IndexEntry> expected = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        int count = List.of(0, 1, 32, 33, 64, 1000).get(seed - 1);
        while (expected.size() < count) {
            IndexEntry entry = entry(random, name(random));
            expected.put(entry.name(), entry);
        }
        KeyTable.Builder builder = new KeyTable.Builder(Long.MAX_VALUE);
        expected.values().forEach(builder::add);
        KeyTable table = builder.build();
        assertEquals(count, table.size());
        for (int i = 0; i < 500; i++) {
            String from = i == 0 ? "" : name(random);
            KeyTable.Cursor cursor = table.from(from);
            for (IndexEntry entry : expected.tailMap(from, true).values()) {
                assertEquals(entry, cursor.next(), () -> "from " + from + ", seed " + seed);
            }
            assertEquals(null, cursor.next(), () -> "from " + from + ", seed " + seed);
            assertEquals(expected.get(from), table.get(from), () -> from + ", seed " + seed);
        }
        expected.forEach((name, entry) -> assertEquals(entry, table.get(name), () -> name + ", seed " + seed));
    }

    @Test
    void aTableThatBecomesTooLargeIsRefused() {
        KeyTable.Builder builder = new KeyTable.Builder(1000);
        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> {
            for (int i = 0; i < 10_000; i++) {
                builder.add(new IndexEntry.Listed(String.format(Locale.ROOT, "ExperimentRuns/%05d", i), 1, ""));
            }
        });
        assertTrue(String.valueOf(refused.getMessage()).endsWith("-Xmx"), refused::getMessage);
    }

    /** Checks the memory for a root of many runs, with versions like those of S3 and of the local disk. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEntryTakesFewBytes(boolean disk) {
        Random random = new Random(1);
        KeyTable.Builder builder = new KeyTable.Builder(Long.MAX_VALUE);
        int runs = 5000;
        for (int run = 0; run < runs; run++) {
            String folder = String.format(Locale.ROOT, "ExperimentRuns/TS_%06d/", run);
            builder.add(entry(random, folder + ".meta", disk));
            for (int user = 0; user < 10; user++) {
                builder.add(entry(random, folder + "Picks/user" + user + "_1_ribosome.json", disk));
            }
            String volume = folder + "VoxelSpacing10.000/wbp.zarr/";
            builder.add(entry(random, volume + ".zattrs", disk));
            builder.add(entry(random, volume + ".zgroup", disk));
            for (int level = 0; level < 3; level++) {
                builder.add(new IndexEntry.Counted(volume + level + "/", 512, 1L << 30));
                builder.add(entry(random, volume + level + "/.zarray", disk));
            }
        }
        KeyTable table = builder.build();
        double each = (double) table.bytes() / table.size();
        System.getLogger("copick")
                .log(System.Logger.Level.INFO, () -> "an entry takes " + each + " bytes, versions of disk: " + disk);
        assertEquals(19 * runs, table.size());
        assertTrue(each < (disk ? 64 : 40), () -> each + " bytes for each entry");
    }

    private static IndexEntry entry(Random random, String key, boolean disk) {
        String version = disk
                ? "1234-" + (1_700_000_000 + random.nextInt(1 << 20)) + "." + random.nextInt(1_000_000_000) + "-"
                        + (1 << 24) + random.nextInt(1 << 24)
                : String.format(Locale.ROOT, "\"%016x%016x\"", random.nextLong(), random.nextLong());
        return new IndexEntry.Listed(key, random.nextInt(1 << 20), version);
    }
}
