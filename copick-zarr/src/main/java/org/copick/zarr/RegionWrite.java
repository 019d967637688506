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
 * Replaces a region of an array: each stored object that it touches is read, changed and written back, unless all of it
 * is replaced. Layout and codecs stay.
 */
final class RegionWrite {
    private static final int MOST_TRIES = 60;
    /** Behind a conflict a writer pauses for a random time below this, and twice as long below each time, up to the longest. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(4);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    /** One writer at a time for an object, whichever arrays it is opened by. */
    private static final Turn[] TURNS = new Turn[256];

    private static final Duration CONTENTION = Duration.ofSeconds(2);

    static {
        Arrays.setAll(TURNS, i -> new Turn());
    }

    /** The turn of one writer in this process, for all objects that share it. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        /** Until when writers of all processes take turns from the beginning, because there was a conflict; 0 if never. */
        @GuardedBy("lock") private long contendedUntil;

        /** Whether there was a conflict a short time ago. */
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

    /** Tries again: writers of this machine one after the other, those of other machines at random times. */
    @SuppressWarnings("try") // the turn is only held
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

    /** Reads, changes and writes an object; false where somebody else was faster. */
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
