package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.error.CopickException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.KeyOrder;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.tests.PromiseTable.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** Base class of all store contracts: opens a new place for each test and records the outcome of its promise. */
@TestMethodOrder(DeclaredOrder.class)
@ExtendWith(PromiseExtension.class)
abstract class KitTest implements StoreFixture {
    private final List<ObjectStore> opened = new ArrayList<>();
    private @Nullable StoreUnderTest place;
    private @Nullable ObjectStore store;
    private Outcome outcome = Outcome.KEPT;

    /**
     * {@return a new, empty place for one test}
     *
     * @throws Exception if the place cannot be made
     */
    protected abstract StoreUnderTest newStore() throws Exception;

    /**
     * Returns the number of rounds of tests for errors that occur only sometimes (default: 20).
     *
     * <p>Fewer rounds are quicker but find less. With fewer than 20, the overlay contract injects faults at some calls
     * only.
     */
    @Override
    public int rounds() {
        return 20;
    }

    /** {@return the name of the tested store, for messages and the table} */
    protected String subject() {
        return getClass().getSimpleName().replaceFirst("Test$", "");
    }

    /** Opens the store for the next test. */
    @BeforeEach
    final void openFreshStore() throws Exception {
        RecordedCalls.forget();
        place = newStore();
        store = another();
    }

    /** Closes everything that the test opened. */
    @AfterEach
    final void closeStores() throws Exception {
        RecordedCalls.forget();
        opened.forEach(ObjectStore::close);
        if (place != null) {
            place.remove();
        }
    }

    @Override
    public final StoreUnderTest place() {
        if (place == null) {
            throw new IllegalStateException("no store was opened");
        }
        return place;
    }

    @Override
    public final ObjectStore store() {
        if (store == null) {
            throw new IllegalStateException("no store was opened");
        }
        return store;
    }

    @Override
    public final ObjectStore another() {
        try {
            ObjectStore another = RecordedCalls.of(place().open());
            opened.add(another);
            return another;
        } catch (Exception e) {
            String which = opened.isEmpty() ? "a store on the new place" : "another store on the same contents";
            throw new AssertionError("cannot open " + which + ": " + e, e);
        }
    }

    @Override
    public final void put(Map<String, byte[]> objects) {
        try {
            place().fill(objects);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("cannot fill the store: " + e, e);
        }
    }

    @Override
    public final boolean refuses(StoreCapability capability, Executable... changes) {
        if (can(capability)) {
            return false;
        }
        outcome = Outcome.REFUSES;
        Map<String, ObjectInfo> before = everything();
        Class<? extends CopickException> refusal =
                can(StoreCapability.WRITE) ? UnsupportedFeatureException.class : ReadOnlyException.class;
        for (Executable change : changes) {
            assertThrows(refusal, change, refusal.getSimpleName() + " if " + capability + " is not declared");
        }
        assertEquals(before, everything(), "a refused change has no effect");
        return true;
    }

    @Override
    public final void notForThis() {
        outcome = Outcome.NOT_FOR_THIS;
    }

    final Outcome outcome() {
        return outcome;
    }

    private Map<String, ObjectInfo> everything() {
        Map<String, ObjectInfo> objects = new TreeMap<>(KeyOrder.BY_CODE_POINT);
        each("").forEach(object -> objects.put(object.key(), object));
        return objects;
    }
}
