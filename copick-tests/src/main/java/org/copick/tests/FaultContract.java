package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidConfigException;
import org.copick.error.StorageException;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;

/**
 * Tests what users and readers of a project can rely on when calls to the store fail.
 *
 * <p>A fault strikes at every single call, both before and after the call takes effect. The system property
 * {@code copick.faults.step} restricts this to every n-th call. The tests print, for each operation, the number of
 * injected faults and what readers found afterwards.
 */
public abstract class FaultContract extends KitTest implements ProgramsContract {
    private static final int STEP = Integer.getInteger("copick.faults.step", 1);

    /** Creates a contract for a subclass. */
    protected FaultContract() {}

    @Promise("a creation that fails leaves nothing or the whole entity, throws an exception, and can be repeated")
    void failedCreations() throws Exception {
        run("creating", UserOperation::creating);
    }

    @Promise("a replacement that fails leaves the old or the new content, never a mixture, and can be repeated")
    void failedReplacements() throws Exception {
        run("replacing", atOnce -> UserOperation.replacing());
    }

    @Promise("a deletion that fails leaves the whole entity or nothing readable, and can be repeated")
    void failedDeletions() throws Exception {
        run("deleting", UserOperation::deleting);
    }

    @Promise("painting that fails leaves every chunk with its old or new content, and can be repeated")
    void failedPainting() throws Exception {
        run("painting", atOnce -> UserOperation.painting());
    }

    @Promise("a copy that fails leaves its source unchanged, none or all of the copy, and can be repeated")
    void failedCopies() throws Exception {
        run("copying", UserOperation::copying);
    }

    private void run(String what, Function<Boolean, List<UserOperation>> operations) throws Exception {
        if (refuses(StoreCapability.WRITE, () -> store().write("data/new", new byte[1], WriteCondition.ANY))) {
            return;
        }
        List<String> lines = new ArrayList<>();
        List<String> violations;
        try (FaultMatrix matrix = new FaultMatrix(place(), STEP)) {
            for (UserOperation operation : operations.apply(can(StoreCapability.REPLACE_PREFIX))) {
                lines.add(matrix.run(operation));
            }
            violations = matrix.violations();
        }
        System.out.println("Faults while " + what + ", " + getClass().getSimpleName() + ": " + violations.size()
                + " violations\n" + String.join("\n", lines));
        assertEquals(List.of(), violations.stream().limit(3).toList(), violations.size() + " violations");
    }

    @Promise("a failed read throws an exception and is never taken for missing or empty data")
    void failedReads() {
        eachRead(call -> Fault.before().call(call), StorageException.class);
    }

    @Promise("a truncated read throws an exception")
    void shortReads() {
        eachRead(call -> Fault.shortRead(1).on(Kind.READ, Kind.READ_RANGES).call(call), CorruptDataException.class);
        eachRead(call -> Fault.shortRead(100).on(Kind.READ, Kind.READ_RANGES).call(call), CorruptDataException.class);
    }

    /** Reads everything repeatedly, injecting a fault at one call after the other. */
    private void eachRead(Function<Integer, Fault> faults, Class<? extends CopickException> told) {
        Reading reading = new Reading();
        SortedMap<String, String> good = reading.all(Fault.before().call(Integer.MAX_VALUE));
        int calls = reading.calls.get();
        for (int call = 0; call < calls; call++) {
            String when = "with a fault at call " + call;
            try {
                SortedMap<String, String> seen = reading.all(faults.apply(call));
                List<String> wrong = ProjectState.differences(good, seen).stream()
                        .filter(difference -> !difference.endsWith(" -> " + told.getSimpleName()))
                        .toList();
                assertEquals(List.of(), wrong, when);
            } catch (CopickException e) {
                assertTrue(
                        told.isInstance(e) || e instanceof InvalidConfigException,
                        () -> when + " " + e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    @Promise("corrupt bytes lead to a CopickException or a value, never to another error")
    void flippedBits() {
        Reading reading = new Reading();
        int calls = reading.count();
        for (int call = 0; call < calls; call++) {
            for (long bit : new long[] {3, 77, 1_234_567}) {
                try {
                    reading.all(
                            Fault.bitFlip(bit).on(Kind.READ, Kind.READ_RANGES).call(call));
                } catch (CopickException e) {
                    // an exception for corrupt data is allowed
                }
            }
        }
    }

    @Promise("a slow store gives the same results")
    void delays() {
        Reading reading = new Reading();
        SortedMap<String, String> good = reading.all(Fault.before().call(Integer.MAX_VALUE));
        assertEquals(good, reading.all(Fault.delay(Duration.ofMillis(1))));
    }

    @Promise("throttling is reported as a transient failure")
    void throttling() {
        Reading reading = new Reading();
        int calls = reading.count();
        int refused = 0;
        for (int call = 0; call < calls; call++) {
            try {
                reading.all(Fault.throttled().call(call));
            } catch (StorageException e) {
                assertTrue(e.mayBeTransient(), () -> "a throttled call is reported as transient: " + e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 0, "some throttled listing or opening call throws directly");
    }

    /** A project whose whole content is read repeatedly. */
    private final class Reading {
        private final AtomicInteger calls = new AtomicInteger();
        private Fault fault = Fault.before().call(Integer.MAX_VALUE);
        private final String url;
        private final SuppliedStores stores = new SuppliedStores();

        Reading() {
            url = stores.url(() -> new FaultInjectingStore(place().open()).with(fault));
            put(TestProject.sample(url));
        }

        int count() {
            all(Fault.before().call(Integer.MAX_VALUE));
            return calls.get();
        }

        SortedMap<String, String> all(Fault wanted) {
            calls.set(0);
            fault = wanted.where(call -> calls.incrementAndGet() > 0);
            try (CopickContext context = TestProject.context();
                    Root root = context.open(url + "/" + KitProject.CONFIG)) {
                return ProjectState.of(root);
            }
        }
    }
}
