package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PieceBufferTest {
    private static final int MOST = 1000;

    private final PieceBuffer piece = new PieceBuffer();

    @Test
    void whatIsAppendedInAnyPortionsComesOutInPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] content = new byte[5 * MOST + 7];
        random.nextBytes(content);
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (int done = 0; done < content.length; ) {
            int count = Math.min(content.length - done, 1 + random.nextInt(700));
            int taken = piece.append(content, done, count, MOST);
            done += taken;
            assertTrue(taken == count || piece.length() == MOST, "seed " + seed);
            assertTrue(piece.array().length <= MOST, "seed " + seed);
            if (piece.length() == MOST) {
                pieces.writeBytes(piece.copy());
                piece.reset();
            }
        }
        pieces.writeBytes(piece.copy());

        assertArrayEquals(content, pieces.toByteArray(), "seed " + seed);
    }

    @Test
    void aFullPieceTakesNothing() {
        piece.append(new byte[MOST], 0, MOST, MOST);

        assertEquals(0, piece.append(new byte[1], 0, 1, MOST));
    }

    @Test
    void aReleasedPieceIsNotWrittenOver() {
        piece.append(new byte[] {1, 2}, 0, 2, MOST);
        byte[] array = piece.array();

        ByteBuffer released = piece.release();
        piece.append(new byte[] {3}, 0, 1, MOST);

        assertNotSame(array, piece.array());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), released);
        assertArrayEquals(new byte[] {3}, piece.copy());
    }
}
