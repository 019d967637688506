package org.copick.cache;

/**
 * Which decoded chunk: where its bytes are and how they were decoded.
 *
 * @param store the location of the store
 * @param key the chunk's key in it
 * @param decoding whatever the decoding depends on, comparable
 */
public record ChunkKey(String store, String key, Object decoding) {}
