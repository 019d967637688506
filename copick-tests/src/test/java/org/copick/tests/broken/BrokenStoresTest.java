package org.copick.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.copick.tests.BrokenPromise;
import org.copick.tests.MemoryUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit is not to be trusted where it passes a store that breaks a promise, or fails one that keeps them. */
final class BrokenStoresTest {
    private static final List<String> TABLE = new ArrayList<>();

    static List<BrokenStore> stores() {
        List<BrokenStore> all = new ArrayList<>(BrokenReading.all());
        all.addAll(BrokenWriting.all());
        all.addAll(BrokenListing.all());
        return all;
    }

    @AfterAll
    static void printTable() throws IOException {
        BrokenReading.release();
        System.out.println("Broken stores, and what the kit says of them:\n" + String.join("\n", TABLE));
    }

    @Test
    void aStoreThatKeepsItsPromisesPasses() {
        assertEquals(Map.of(), KitRun.ofStores(MemoryUnderTest::new));
        BrokenStore unbroken = BrokenStore.of("nothing", Passing::new);
        assertEquals(Map.of(), KitRun.ofStores(unbroken.newPlace()), "passing calls on breaks nothing");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aBrokenStoreIsCaughtForTheRightReason(BrokenStore broken) {
        Map<String, Throwable> failures = KitRun.ofStores(broken.newPlace());
        for (String promise : broken.caught()) {
            Throwable caught = failures.get(promise);
            assertTrue(caught instanceof BrokenPromise, () -> promise + " was not caught, but " + failures);
        }
        Throwable first = failures.get(broken.caught().iterator().next());
        String told = String.valueOf(first.getMessage()).replaceFirst("(?s).*breaks the promise (\".*?\"): .*", "$1");
        TABLE.add(String.format("  %-45s %2d  %s", broken.name(), failures.size(), told));
        failures.values().forEach(failure -> assertTrue(failure instanceof BrokenPromise, failure::toString));
    }
}
