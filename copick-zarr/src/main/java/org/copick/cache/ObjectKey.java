package org.copick.cache;

/**
 * A stored object.
 *
 * @param store the identity of the store
 * @param key its key in it
 */
public record ObjectKey(String store, String key) {}
