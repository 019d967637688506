package org.copick.zarr;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.copick.cache.ObjectKey;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;

/**
 * Replaces a region of an array. Each stored object that the region touches is read, changed and written back, or only
 * written if it is replaced completely. Chunk encoding and codecs stay as they are.
 */
final class RegionWrite {
    private static final int MOST_TRIES = 60;
    /**
     * After a conflict a writer pauses for a random time below this limit, which doubles each time up to the longest
     * pause.
     */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(4);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    /** Locks that admit one writer of an object at a time, whichever array instances it is written through. */
    private static final Turn[] TURNS = new Turn[256];

    private static final Duration CONTENTION = Duration.ofSeconds(2);

    static {
        Arrays.setAll(TURNS, i -> new Turn());
    }

    /** The lock of all objects with one hash, for writers of this process. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        /**
         * Time until which writers also take turns with other processes from the start, because of a conflict; 0 if
         * never.
         */
        @GuardedBy("lock") private long contendedUntil;

        /** Returns whether there was a conflict recently. */
        @GuardedBy("lock") boolean isContended() {
            return contendedUntil != 0 && System.nanoTime() - contendedUntil < 0;
        }
    }

    private final ArraySource source;
    private final ArrayMetadata metadata;
    private final Region region;
    private final BoxChange change;

    RegionWrite(ArraySource source, Region region, BoxValues values) {
        this.source = source;
        this.metadata = source.metadata;
        this.region = region;
        this.change = new BoxChange(metadata, values);
    }

    void run() {
        long[] chunk = new long[region.rank()];
        int[] shape = source.chunkShape();
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = region.start(i) / shape[i];
        }
        do {
            write(chunk.clone());
        } while (region.nextChunk(chunk, shape));
    }

    private void write(long[] chunk) {
        String name = metadata.keys().key(chunk);
        String key = source.key(chunk);
        ObjectKey object = new ObjectKey(source.store.identity(), key);
        int number = Math.floorMod(object.hashCode(), TURNS.length);
        Turn turn = TURNS[number];
        try {
            turn.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            boolean contended = turn.isContended();
            if (contended || !replaced(chunk, key)) {
                if (!contended) {
                    turn.contendedUntil = System.nanoTime() + CONTENTION.toNanos();
                }
                replaceInTurn(chunk, key, number);
            }
        } catch (CodecException e) {
            throw new CorruptDataException(
                    "chunk " + name + " of " + metadata.location() + " is corrupt: " + e.getMessage(), e);
        } finally {
            source.cache.forget(object);
            turn.lock.unlock();
        }
    }

    /** Retries: writers of this machine take turns, writers of other machines retry at random times. */
    @SuppressWarnings("try") // the turn is only held, not used
    private void replaceInTurn(long[] chunk, String key, int number) throws CodecException {
        try (MachineTurn turn = MachineTurn.await(number, "writing " + metadata.location())) {
            for (int tries = 1; !replaced(chunk, key); tries++) {
                if (tries == MOST_TRIES) {
                    throw new ConflictException("chunk " + metadata.keys().key(chunk) + " of " + metadata.location()
                            + " is changed by others faster than it can be written");
                }
                long most = Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << Math.min(tries - 1, 10));
                try {
                    TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(most));
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
        }
    }

    private OperationInterruptedException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("interrupted while writing " + metadata.location(), cause);
    }

    /** Reads, changes and writes an object. Returns false if another writer changed it meanwhile. */
    private boolean replaced(long[] chunk, String key) throws CodecException {
        long[] origin = new long[chunk.length];
        for (int i = 0; i < chunk.length; i++) {
            origin[i] = chunk[i] * source.chunkShape()[i];
        }
        ChunkEncoding layout = metadata.layout();
        if (change.shared(layout, origin, layout.axes()).isEmpty()) {
            return true;
        }
        boolean blind = change.coversAll(layout, origin, layout.axes());
        try {
            if (layout instanceof ChunkEncoding.Sharded shard && shard.packing().isEmpty()) {
                ShardChange shardChange = new ShardChange(source.store, key, shard, origin, change);
                shardChange.write(blind ? WriteCondition.ANY : condition(shardChange.read()));
            } else {
                Optional<StoredObject> old = blind ? Optional.empty() : source.store.read(key);
                Slice before = old.map(stored -> Slice.of(stored.bytes())).orElse(null);
                byte[] after = change.changed(layout, origin, layout.axes(), before);
                Optional<Version> version = old.map(stored -> stored.info().version());
                source.store.write(key, after, blind ? WriteCondition.ANY : condition(version));
            }
            return true;
        } catch (ConflictException | AlreadyExistsException e) {
            return false;
        }
    }

    private WriteCondition condition(Optional<Version> old) {
        ObjectStore store = source.store;
        if (old.isPresent()) {
            return store.can(StoreCapability.REPLACE_IF_VERSION)
                            || store.can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE)
                    ? WriteCondition.ifVersion(old.get())
                    : WriteCondition.ANY;
        }
        return store.can(StoreCapability.CREATE_IF_ABSENT) ? WriteCondition.IF_ABSENT : WriteCondition.ANY;
    }
}
