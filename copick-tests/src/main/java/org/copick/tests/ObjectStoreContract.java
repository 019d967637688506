package org.copick.tests;

import org.copick.storage.ObjectStore;

/**
 * Every promise of {@link ObjectStore} as a test. Extend it, say where a new place for objects is, and run it with JUnit:
 * whoever passes can carry copick projects.
 *
 * <p>What a store {@linkplain ObjectStore#capabilities() declares} must work, and what it does not declare must be
 * refused with the right exception and without effect; no test is skipped. A failure quotes the promise that was broken,
 * and a table at the end of the run tells for every store which promises it keeps. The random test prints its seed when
 * it fails; setting the system property {@code copick.seed} repeats it.
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
    /** For subclasses. */
    protected ObjectStoreContract() {}
}
