package org.copick.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.copick.layout.LayoutBackend;
import org.copick.storage.ListPage;
import org.copick.tests.MemoryStore;
import org.copick.tests.MemoryUnderTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the kit: it must fail stores that break a promise, for the right reason, and pass stores that keep all
 * promises.
 *
 * <p>Runs a part of the broken stores, or all of them if {@code copick.faults.step} is 1.
 */
final class BrokenStoresTest {
    private static final Map<String, KitRun> RUNS = new HashMap<>();
    private static final int STEP = Integer.getInteger("copick.faults.step", 1);
    private static final List<String> TABLE = new ArrayList<>();

    static List<BrokenStore> stores() {
        List<BrokenStore> all = Stream.of(
                        BrokenReading.all(),
                        BrokenRanges.all(),
                        BrokenWriting.all(),
                        BrokenCopying.all(),
                        BrokenPieces.all(),
                        BrokenDeleting.all(),
                        BrokenListing.all(),
                        BrokenStates.all(),
                        BrokenCommunity.all(),
                        BrokenDetails.all(),
                        BrokenReplacing.all())
                .flatMap(List::stream)
                .toList();
        return IntStream.range(0, all.size())
                .filter(number -> number % STEP == 0)
                .mapToObj(all::get)
                .toList();
    }

    static List<BrokenBackend> backends() {
        return BrokenBackend.all();
    }

    @BeforeAll
    static void runTheKit() {
        List<BrokenStore> stores = stores();
        List<KitRun> runs =
                KitRun.ofStores(stores.stream().map(BrokenStore::newPlace).toList());
        for (int i = 0; i < runs.size(); i++) {
            assertEquals(null, RUNS.put(stores.get(i).name(), runs.get(i)), "names of broken stores are unique");
        }
        List<BrokenBackend> backends = backends();
        runs = KitRun.ofBackends(
                backends.stream().map(BrokenBackend::newBackend).toList());
        for (int i = 0; i < runs.size(); i++) {
            assertEquals(null, RUNS.put(backends.get(i).name(), runs.get(i)), "names of broken backends are unique");
        }
    }

    @AfterAll
    static void printTable() {
        System.out.println("Defect -> number of failed tests, promise that caught it\n" + String.join("\n", TABLE));
    }

    @Test
    void aStoreThatKeepsItsPromisesPasses() {
        BrokenStore passing = BrokenStore.of("nothing", Passing::new);
        BrokenStore smallPages = BrokenStore.of("nothing", store -> new Passing(store) {
            @Override
            public ListPage list(String prefix, @Nullable String after, int limit) {
                return good().list(prefix, after, Math.min(limit, 4));
            }
        });
        List<KitRun> runs = KitRun.ofStores(List.of(
                MemoryUnderTest::new,
                passing.newPlace(),
                smallPages.newPlace(),
                BrokenReplacing.unbroken().newPlace()));
        for (KitRun run : runs) {
            assertEquals(Map.of(), run.failures());
            assertTrue(run.tests().size() > 40, () -> "the whole kit was run: " + run.tests());
        }
    }

    @Test
    void aBackendThatKeepsItsPromisesPasses() {
        List<KitRun> runs = KitRun.ofBackends(
                List.of(() -> new LayoutBackend(new MemoryStore(), "overlay", false), BrokenBackend.unbroken()));
        for (KitRun run : runs) {
            assertEquals(Map.of(), run.failures());
            assertTrue(run.tests().size() > 10, () -> "the whole kit was run: " + run.tests());
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aBrokenStoreIsCaughtForTheRightReason(BrokenStore broken) {
        assertCaught("store", broken.name(), broken.caught(), broken.also());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aBrokenBackendIsCaughtForTheRightReason(BrokenBackend broken) {
        assertCaught("backend", broken.name(), broken.caught(), broken.also());
    }

    private static void assertCaught(String what, String name, List<String> caught, Set<String> also) {
        KitRun run = Objects.requireNonNull(RUNS.get(name));
        Set<String> unknown = new HashSet<>(caught);
        unknown.addAll(also);
        unknown.removeAll(run.tests());
        assertEquals(Set.of(), unknown, "these tests do not exist in the kit");

        Set<String> failed = run.failures().keySet();
        Set<String> missed = new TreeSet<>(caught);
        missed.removeAll(failed);
        assertEquals(
                Set.of(), missed, () -> name + ": these tests should have failed, but only these failed: " + failed);
        Set<String> wronged = new TreeSet<>(failed);
        wronged.removeAll(also);
        wronged.removeAll(BrokenPieces.TESTS);
        caught.forEach(wronged::remove);
        assertEquals(Set.of(), wronged, () -> name + ": these tests should have passed: " + run.failures());
        for (String test : failed) {
            assertTrue(run.quotes(test), () -> test + " quotes its promise: " + run.failures());
        }
        TABLE.add(String.format(
                "broken %-7s %-57s -> %2d  %s",
                what, name, failed.size(), run.promises().get(caught.get(0))));
    }
}
