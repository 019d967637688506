package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.copick.tests.PromiseTable.Outcome;
import org.junit.jupiter.api.Test;

final class PromiseTableTest {
    @Test
    void theLegendComesFirstAndPromisesAreInTheOrderOfTheSource() {
        PromiseTable table = new PromiseTable(null);
        add(table, "Second", StorePrefixContract.class, "aPrefixGoesAtOnce", Outcome.REFUSES);
        add(table, "Second", StorePrefixContract.class, "replacesAPrefixAtOnce", Outcome.NOT_TESTED);
        add(table, "Third", StoreResourcesContract.class, "callsLeaveNothingBehind", Outcome.NOT_FOR_THIS);
        add(table, "First", StorePrefixContract.class, "replacesAPrefixAtOnce", Outcome.KEPT);
        add(table, "First", StoreResourcesContract.class, "aClosedStoreHoldsNothing", Outcome.BROKEN);
        assertEquals("""

            Promises: k kept, r kept by refusing undeclared capabilities, - not applicable, X BROKEN, E not tested
               1  Second                                        r 1  E 1
               2  Third                                         - 1
               3  First                                         k 1  X 1

               1   2   3  promise
                          StorePrefixContract
               E       k    replacePrefix replaces all objects below the prefix by the staged ones
               r            deletePrefix is atomic if replacePrefix is supported: readers find all objects or none
                          StoreResourcesContract
                       X    a closed store holds no thread and no file handle
                   -        calls leak no thread and no file handle, even if they fail

            """, table.toString());
    }

    private static void add(PromiseTable table, String subject, Class<?> contract, String name, Outcome outcome) {
        Method test = Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
        table.add(subject, test, Promises.of(test), outcome);
    }

    @Test
    void methodsHaveTheRanksOfTheSource() throws Exception {
        int before = -1;
        for (String name : List.of("together", "creatingHasOneWinner", "interruptingEndsARunningCall", "filled")) {
            int rank = Arrays.stream(StoreThreadsContract.class.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name))
                    .mapToInt(DeclaredOrder::rank)
                    .findFirst()
                    .orElseThrow();
            assertEquals(true, rank > before, name + " has rank " + rank + " after " + before);
            before = rank;
        }
    }
}
