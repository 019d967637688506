package org.copick.cache;

/**
 * A cache key for a stored object.
 *
 * @param store the identity of the store
 * @param key the object's key in the store
 */
public record ObjectKey(String store, String key) {}
