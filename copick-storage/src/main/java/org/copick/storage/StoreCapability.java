package org.copick.storage;

/** Abilities of an {@link ObjectStore} beyond reading. A store declares them; the test kit tests those declared. */
public enum StoreCapability {
    /** Objects can be written and deleted. */
    WRITE,
    /** {@link WriteCondition#IF_ABSENT} succeeds for exactly one of several concurrent writers of any kind. */
    CREATE_IF_ABSENT,
    /**
     * {@link WriteCondition.IfVersion} succeeds for exactly one of several concurrent writers of any kind. The storage
     * itself compares the version and replaces the object in one step, like a service or a database, so that no write
     * of any program is overwritten unseen.
     */
    REPLACE_IF_VERSION,
    /**
     * {@link WriteCondition.IfVersion} succeeds for exactly one of several concurrent writers that cooperate. These are
     * the writers on one machine that use this store's code. The store first compares and then replaces, under a lock
     * that only this code respects. If another program writes between the two steps, its write is overwritten.
     *
     * <p>Declare this or {@link #REPLACE_IF_VERSION}, never both; callers that need a conditional write accept either.
     * The kit tests both in the same way, because all its writers use the store.
     */
    REPLACE_IF_VERSION_COOPERATIVE,
    /**
     * All objects below a prefix can be replaced or deleted atomically. This is done by
     * {@link ObjectStore#replacePrefix} and {@link ObjectStore#deletePrefix}.
     */
    REPLACE_PREFIX,
    /**
     * Each call takes a network round trip, so that making calls in parallel saves more time than making fewer calls.
     */
    REMOTE,
    /**
     * Calls have little overhead, as on the local disk. Large objects are therefore best read in many small portions;
     * see {@link ObjectStore#readInto}.
     */
    NEARBY,
    /**
     * A page of {@link ObjectStore#list} costs one request, whatever the depth of its keys. This holds for the first
     * page and for pages that continue where another one ended. A page may therefore cost less than listing several
     * folders.
     */
    FLAT_LISTING,
    /** A page of {@link ObjectStore#list} that starts after an arbitrary key costs no more than the first page. */
    SEEK_LISTING,
    /**
     * Prefixes exist as folders: an empty one is listed until it is deleted. An object and a folder cannot share a
     * name: such a write throws {@link org.copick.error.AlreadyExistsException}, whatever its condition. Without this
     * capability there are no empty prefixes, and {@code a} and {@code a/b} may both be objects.
     */
    FOLDERS
}
