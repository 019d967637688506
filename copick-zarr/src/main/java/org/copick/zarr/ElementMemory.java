package org.copick.zarr;

import java.nio.ByteBuffer;

/**
 * Memory of any size that the caller owns, seen through buffers.
 *
 * <p>For example, a {@code MemorySegment} of Java 22 or later: {@code (offset, length) -> segment.asSlice(offset,
 * length).asByteBuffer().order(ByteOrder.nativeOrder())}. Several threads fill the memory, so its arena must let all
 * threads use it, as those of {@code Arena.ofShared()} and {@code Arena.ofAuto()} do.
 */
@FunctionalInterface
public interface ElementMemory {
    /**
     * {@return a buffer over a part of the memory} Its byte order is that of the elements.
     *
     * @param offset the position in the memory of the part's first byte
     * @param length the number of bytes of the part, less than 2 GiB
     */
    ByteBuffer view(long offset, int length);
}
