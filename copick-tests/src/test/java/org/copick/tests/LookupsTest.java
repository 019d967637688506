package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.Root;
import org.copick.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests lookups in long listings. */
final class LookupsTest {
    private static final int RUNS = 100_000;

    /** Checks that lookups do not scan the listing: five thousand million comparisons would exceed the time-out. */
    @Test
    @Timeout(120)
    void runsOfALongListingAreFoundByTheirNames() {
        Map<String, byte[]> objects = new TreeMap<>();
        for (int i = 0; i < RUNS; i++) {
            objects.put(TestProject.DATA + "/ExperimentRuns/" + name(i) + "/Picks/alice_1_ribo.json", new byte[0]);
        }
        SuppliedStores stores = new SuppliedStores();
        String url = stores.url(() -> MemoryStore.of(objects));
        objects.put(KitProject.CONFIG, KitProject.config(url + "/" + TestProject.DATA, ""));
        try (stores;
                Root root = TestProject.context().open(url + "/" + KitProject.CONFIG)) {
            List<Run> all = root.runs();
            assertEquals(RUNS, all.size());
            for (int i = 0; i < RUNS; i++) {
                assertSame(all.get(i), root.run(name(i)));
            }
        }
    }

    private static String name(int number) {
        return String.format("TS_%06d", number);
    }
}
