package org.copick.cache;

import org.copick.storage.Version;

/**
 * A cache key for a decoded part of one version of a stored object.
 *
 * @param object the stored object
 * @param version its version
 * @param decoding everything that the decoding depends on, with a suitable {@code equals}
 * @param part the number of the part, as counted by the decoding
 */
public record PartKey(ObjectKey object, Version version, Object decoding, int part) {}
