package org.copick.storage;

/**
 * An opaque mark of one state of one object: an ETag, a generation, or on disk size, time and file identity. Equal
 * versions mean equal content only as far as the store's own marks do; the store's documentation says how far.
 */
public record Version(String value) {}
