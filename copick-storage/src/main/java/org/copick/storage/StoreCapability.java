package org.copick.storage;

/** Abilities of an {@link ObjectStore} beyond reading. A store declares them; the test kit tests those declared. */
public enum StoreCapability {
    /** Objects can be written and deleted. */
    WRITE,
    /** {@link WriteCondition#IF_ABSENT} succeeds for exactly one of several concurrent writers of any kind. */
    CREATE_IF_ABSENT,
    /** {@link WriteCondition.IfVersion} succeeds for exactly one of several concurrent writers of any kind. */
    REPLACE_IF_VERSION,
    /**
     * {@link WriteCondition.IfVersion} succeeds for exactly one of several concurrent writers on one machine. This
     * holds for conditional writers that use this library; another program's write at the same moment may be
     * overwritten.
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
    /** Prefixes exist as folders: an empty one is listed until it is deleted. */
    FOLDERS
}
