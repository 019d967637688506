package org.copick.zarr;

/**
 * A source that sets every element of a box, so that the memory of another chunk may be used again. Sources of callers may
 * leave out zeros, and get new memory.
 */
@FunctionalInterface
interface FillingSource extends BoxSource {}
