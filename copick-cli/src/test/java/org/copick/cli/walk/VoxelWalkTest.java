package org.copick.cli.walk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Tests of the boxes that arrays are read in. */
final class VoxelWalkTest {
    @Test
    void aBoxIsAChunk() {
        assertArrayEquals(new long[] {4, 5, 6}, VoxelWalk.box(new long[] {9, 9, 9}, new long[] {4, 5, 6}, 120));
        assertArrayEquals(new long[] {3, 2, 1}, VoxelWalk.box(new long[] {3, 2, 1}, new long[] {64, 64, 64}, 120));
    }

    @Test
    void aLargeChunkIsCut() {
        long[] cube = {2000, 2000, 2000};
        assertArrayEquals(new long[] {16, 2000, 2000}, VoxelWalk.box(cube, cube, 1 << 26));
        assertArrayEquals(new long[] {1, 1, 100}, VoxelWalk.box(cube, cube, 100));
    }
}
