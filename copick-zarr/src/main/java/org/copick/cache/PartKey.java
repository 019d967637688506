package org.copick.cache;

import org.copick.storage.Version;

/**
 * A part of one state of a stored object, decoded.
 *
 * @param object where it is
 * @param version the state
 * @param decoding whatever the decoding depends on, comparable
 * @param part which part, counted as the decoding counts
 */
public record PartKey(ObjectKey object, Version version, Object decoding, int part) {}
