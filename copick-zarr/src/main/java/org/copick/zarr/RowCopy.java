package org.copick.zarr;

import java.nio.ByteBuffer;

/** Copies adjacent elements along the last axis. */
@FunctionalInterface
interface RowCopy {
    /**
     * Copies elements.
     *
     * @param from the index of the first element in the source
     * @param n the number of elements
     * @param into receives the elements from its position on; the position advances
     */
    void copy(int from, int n, ByteBuffer into);
}
