package org.copick.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectWriter;
import org.copick.storage.WriteCondition;
import org.copick.storage.remote.PieceBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the pieces of an object into parts and uploads several parts in parallel.
 *
 * <p>An object of a single part is written by one request.
 *
 * <p><b>Memory.</b> One to four parts of 16 MiB, as many as fit into a sixteenth of the heap. After the first 2,000 parts,
 * one part of 64 MiB.
 */
final class PartsWriter implements ObjectWriter {
    /** Bytes of a part. S3 requires at least 5 MiB; a longer part saves requests. */
    static final int PART = 16 << 20;
    /**
     * Number of small parts. The service allows 10,000 parts: with large parts after these, an object can have 500 GiB.
     */
    private static final int SMALL_PARTS = 2000;

    private static final int LARGE_PART = 64 << 20;
    private static final int MOST_AT_ONCE = 4;
    private static final int HEAP_SHARE = 16;

    private final S3Writer writer;
    private final String key;
    private final WriteCondition condition;
    private final Runnable conditionCheck;
    private final int atOnce;
    private final List<ByteBuffer> full = new ArrayList<>();
    private final PieceBuffer part = new PieceBuffer();
    private long parts;
    private @Nullable MultipartUpload upload;

    /**
     * Creates a writer.
     *
     * @param conditionCheck throws if the service does not support the condition for multipart uploads
     */
    PartsWriter(S3Writer writer, String key, WriteCondition condition, Runnable conditionCheck) {
        this.conditionCheck = conditionCheck;
        this.writer = writer;
        this.key = key;
        this.condition = condition;
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_SHARE / PART;
        this.atOnce = (int) Math.max(1, Math.min(MOST_AT_ONCE, fitting));
    }

    @Override
    public void append(byte[] bytes, int from, int count) {
        Objects.checkFromIndexSize(from, count, bytes.length);
        writer.requireOpen();
        for (int done = 0; done < count; ) {
            int most = parts < SMALL_PARTS ? PART : LARGE_PART;
            if (part.length() == most) {
                partIsFull();
            } else {
                done += part.append(bytes, from + done, count - done, most);
            }
        }
    }

    private void partIsFull() {
        full.add(part.release());
        parts++;
        if (full.size() >= atOnce || parts >= SMALL_PARTS) {
            send();
        }
    }

    private void send() {
        MultipartUpload begun = upload;
        if (begun == null) {
            if (!condition.equals(WriteCondition.ANY)) {
                conditionCheck.run();
            }
            begun = writer.begin(key, condition);
            upload = begun;
        }
        begun.send(List.copyOf(full));
        full.clear();
    }

    @Override
    public ObjectInfo complete() {
        if (parts == 0) {
            return writer.write(key, part.copy(), condition);
        }
        full.add(part.release());
        send();
        return Objects.requireNonNull(upload).complete();
    }

    @Override
    public void close() {
        full.clear();
        part.release();
        MultipartUpload begun = upload;
        if (begun != null) {
            begun.abort();
            upload = null;
        }
    }
}
