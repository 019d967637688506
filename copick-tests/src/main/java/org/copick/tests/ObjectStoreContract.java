package org.copick.tests;

import java.util.ArrayList;
import java.util.List;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Every promise of {@link ObjectStore} as a test. Extend it, say how to open a store, and run it with JUnit: whoever
 * passes can carry copick projects.
 *
 * <p>What a store {@linkplain ObjectStore#capabilities() declares} must work, and what it does not declare must be
 * refused with the right exception and without effect. A failure's message quotes the promise that was broken. The
 * random test prints its seed; setting the system property {@code copick.seed} repeats it.
 *
 * <p>A test opens one store and sometimes a second one on the same contents; both are closed after it.
 */
public abstract class ObjectStoreContract
        implements StoreReadingContract,
                StoreWritingContract,
                StoreListingContract,
                StoreThreadsContract,
                StoreRandomContract {
    private final List<ObjectStore> opened = new ArrayList<>();
    private @Nullable ObjectStore store;

    /** Opens a store on a new, empty place. */
    protected abstract ObjectStore openStore() throws Exception;

    /** Opens another store on the place that {@link #openStore} opened last. */
    protected abstract ObjectStore reopen() throws Exception;

    /**
     * Puts an object into the place of the open store. To be overridden for a store that cannot write.
     */
    protected void fill(String key, byte[] bytes) throws Exception {
        store().write(key, bytes, WriteCondition.ANY);
    }

    /** How many rounds the race tests take; fewer make them quicker and less sharp. */
    @Override
    public int rounds() {
        return 20;
    }

    /** Whether the place can hold this unusual key. To be overridden where the system restricts names. */
    @Override
    public boolean canHold(String key) {
        return true;
    }

    /** Opens the store of the next test. */
    @BeforeEach
    final void openFreshStore() throws Exception {
        store = openStore();
        opened.add(store);
    }

    /** Closes what the test opened. */
    @AfterEach
    final void closeStores() {
        opened.forEach(ObjectStore::close);
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
            ObjectStore another = reopen();
            opened.add(another);
            return another;
        } catch (Exception e) {
            throw new AssertionError("cannot open another store on the same contents", e);
        }
    }

    @Override
    public final void put(String key, byte[] bytes) {
        try {
            fill(key, bytes);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("cannot fill the store with " + key, e);
        }
    }
}
