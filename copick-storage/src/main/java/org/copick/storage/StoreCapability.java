package org.copick.storage;

/** What an {@link ObjectStore} can do beyond reading. A store declares it; the kit tests what is declared. */
public enum StoreCapability {
    /** Objects can be written and deleted. */
    WRITE,
    /** {@link WriteCondition#IF_ABSENT} has exactly one winner, whoever the writers are. */
    CREATE_IF_ABSENT,
    /** {@link WriteCondition.IfVersion} has exactly one winner, whoever the writers are. */
    REPLACE_IF_VERSION,
    /**
     * {@link WriteCondition.IfVersion} has exactly one winner among conditional writers that use this library, on the
     * same machine; a foreign program's write in the same moment may be overwritten.
     */
    REPLACE_IF_VERSION_COOPERATIVE,
    /**
     * {@link ObjectStore#replacePrefix} exchanges all objects below a prefix at once, and {@link ObjectStore#deletePrefix}
     * takes them all away at once.
     */
    REPLACE_PREFIX,
    /** Each call takes a round trip through a network, so that calls side by side are worth more than fewer calls. */
    REMOTE,
    /**
     * A call costs little by itself and a range little more than its bytes, as on the local disk, so that large objects are
     * better read in many small portions; see {@link ObjectStore#readInto}.
     */
    NEARBY,
    /**
     * A page of {@link ObjectStore#list} costs one request whatever the depth of its keys, when it is the first one or goes on
     * where another one ended, so that a page may cost less than several levels.
     */
    FLAT_LISTING,
    /** {@link ObjectStore#list} costs no more when it begins anywhere else. */
    SEEK_LISTING,
    /** Prefixes exist as folders: an empty one is listed until it is deleted. */
    FOLDERS
}
