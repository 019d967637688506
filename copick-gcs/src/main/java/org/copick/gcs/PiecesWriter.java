package org.copick.gcs;

import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.PieceBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects an object's content into pieces, and sends one after the other in an upload session.
 *
 * <p>An object of a single piece is written by one request. If the service loses the session, which may happen after a
 * week, the object must be written again.
 *
 * <p><b>Memory.</b> One piece: 16 MiB for the first GiB, then 64 MiB or, if that is less, an eighth of the heap, so that
 * large objects wait for fewer answers.
 */
final class PiecesWriter implements ObjectWriter {
    private static final long SMALL_PIECES = 1L << 30;
    private static final int LARGEST_IN_SMALL_PIECES = 4;
    private static final int HEAP_SHARE = 8;

    private final GcsWriter writer;
    private final String key;
    private final WriteCondition condition;
    private final CRC32C sum = new CRC32C();
    private final PieceBuffer piece = new PieceBuffer();
    private long sent;
    private @Nullable UploadSession session;
    private boolean complete;

    PiecesWriter(GcsWriter writer, String key, WriteCondition condition) {
        this.writer = writer;
        this.key = key;
        this.condition = condition;
    }

    @Override
    public void append(byte[] bytes, int from, int count) {
        Objects.checkFromIndexSize(from, count, bytes.length);
        writer.requireOpen();
        for (int done = 0; done < count; ) {
            if (piece.length() == mostBytes()) {
                send(false);
            } else {
                done += piece.append(bytes, from + done, count - done, mostBytes());
            }
        }
    }

    /** Returns the maximum size of the current piece. */
    private int mostBytes() {
        if (sent < SMALL_PIECES) {
            return GcsWriter.LARGE;
        }
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_SHARE / GcsWriter.LARGE;
        return GcsWriter.LARGE * (int) Math.max(1, Math.min(LARGEST_IN_SMALL_PIECES, fitting));
    }

    private Optional<ObjectInfo> send(boolean last) {
        UploadSession open = session;
        if (open == null) {
            open = writer.session(key, condition);
            open.begin(1, Optional.empty());
            session = open;
        }
        int length = piece.length();
        sum.update(piece.array(), 0, length);
        Optional<String> checksum = last ? Optional.of(Crc32c.text(sum)) : Optional.empty();
        Optional<ObjectInfo> info = open.send(new UploadSession.Piece(piece.array(), length, sent, last, checksum));
        sent += length;
        piece.reset();
        return info;
    }

    @Override
    public ObjectInfo complete() {
        if (sent == 0) {
            return writer.write(key, piece.copy(), condition);
        }
        ObjectInfo info = send(true).orElseThrow();
        complete = true;
        return info;
    }

    @Override
    public void close() {
        piece.release();
        if (session != null && !complete) {
            session.giveUp();
        }
        session = null;
    }
}
