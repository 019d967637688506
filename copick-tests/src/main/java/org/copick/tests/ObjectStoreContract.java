package org.copick.tests;

import org.copick.storage.ObjectStore;

/**
 * Tests every promise of {@link ObjectStore}.
 *
 * <p>Extend this class, return a new place for objects from {@link #newStore}, and run it with JUnit. A store that
 * passes can hold copick projects.
 *
 * <p>Every {@linkplain ObjectStore#capabilities() declared} capability must work. An operation that needs an undeclared
 * capability must fail with the right exception and without effect. No test is skipped. A failure quotes the broken
 * promise. A table at the end of the run shows which store keeps which promise. The random test prints its seed when it
 * fails; set the system property {@code copick.seed} to repeat it.
 */
public abstract class ObjectStoreContract extends KitTest
        implements StoreReadingContract,
                StoreWritingContract,
                StorePiecesContract,
                StoreListingContract,
                StorePrefixContract,
                StoreThreadsContract,
                StoreProcessesContract,
                StoreResourcesContract,
                StoreRandomContract {
    /** Creates a contract for a subclass. */
    protected ObjectStoreContract() {}
}
