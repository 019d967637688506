package org.copick.zarr;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.zarr.WritingMark.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The right to write an image on a store that cannot exchange several objects at once: the mark beside it, held by one writer
 * at a time. The holder renews the mark while it works. A mark whose writer has ended, or did not renew it for {@link #LEASE},
 * is taken over by the next writer; the former one then fails with {@link ConflictException} before it changes anything else.
 */
final class MarkHold implements AutoCloseable {
    /** A writer that did not renew its mark for so long has lost it to whoever waits for it. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

    private final StorePlace place;
    private final Duration lease;
    private final String writer;
    private final boolean takenOver;
    /** Held while the mark is written, because each of its states replaces the version before. */
    private final InterruptibleLock lock = new InterruptibleLock();

    private final Condition ended = lock.newCondition();

    @GuardedBy("lock") private WritingMark mark;

    @GuardedBy("lock") private Version version;

    @GuardedBy("lock") private long renewedAt = System.nanoTime();

    @GuardedBy("lock") private boolean closed;

    private MarkHold(StorePlace place, Duration lease, WritingMark mark, Version version, boolean takenOver) {
        this.place = place;
        this.lease = lease;
        this.writer = mark.writer();
        this.takenOver = takenOver;
        this.mark = mark;
        this.version = version;
        Thread renewing = new Thread(this::renewWhileHeld, "copick-mark");
        renewing.setDaemon(true);
        renewing.start();
    }

    /** Whether this is a write of this process that goes on. */
    static boolean isHeldBy(String writer) {
        return HELD.contains(writer);
    }

    /** The mark beside a place as it is stored. */
    record Stored(WritingMark mark, Version version) {}

    /** The mark beside a place; one request. */
    static Optional<Stored> read(StorePlace place) {
        Optional<StoredObject> stored = place.store().read(place.writingMark());
        return stored.map(object -> new Stored(
                WritingMark.parse(object.bytes(), place.location()),
                object.info().version()));
    }

    /**
     * Sets a mark where there is none.
     *
     * @throws AlreadyExistsException when there is one
     */
    static MarkHold create(StorePlace place, Stage stage) {
        boolean atomically = place.store().can(StoreCapability.CREATE_IF_ABSENT);
        return set(place, stage, atomically ? WriteCondition.IF_ABSENT : WriteCondition.ANY, LEASE);
    }

    /** Sets a mark, or takes over the one that another writer left; waits for a writer that goes on. */
    static MarkHold acquire(StorePlace place, Stage stage) {
        return acquire(place, stage, LEASE);
    }

    static MarkHold acquire(StorePlace place, Stage stage, Duration lease) {
        boolean atomically = place.store().can(StoreCapability.CREATE_IF_ABSENT);
        while (true) {
            Optional<Stored> other = atomically ? Optional.empty() : read(place);
            if (other.isEmpty()) {
                try {
                    return set(place, stage, atomically ? WriteCondition.IF_ABSENT : WriteCondition.ANY, lease);
                } catch (AlreadyExistsException e) {
                    other = read(place);
                }
            }
            Optional<MarkHold> taken = other.flatMap(left -> takeOver(place, left, lease));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
    }

    /** Takes over the mark that a writer known to have ended left beside a complete image, if there is one. */
    static Optional<MarkHold> takeOverAbandoned(StorePlace place) {
        return read(place)
                .filter(left ->
                        left.mark().stage() != Stage.CREATING && left.mark().isAbandoned())
                .flatMap(left -> take(place, left, LEASE));
    }

    private static MarkHold set(StorePlace place, Stage stage, WriteCondition condition, Duration lease) {
        String writer = WriterId.next();
        String staged = place.prefix().isEmpty() || stage == Stage.CREATING ? "" : stagedBy(place, writer);
        WritingMark mark = WritingMark.begin(stage, writer, staged);
        HELD.add(writer);
        try {
            Version version = place.store()
                    .write(place.writingMark(), mark.bytes(), condition)
                    .version();
            return new MarkHold(place, lease, mark, version, false);
        } catch (RuntimeException | Error e) {
            HELD.remove(writer);
            throw e;
        }
    }

    private static String stagedBy(StorePlace place, String writer) {
        return StagedName.of(Keys.lastSegment(place.prefix()), writer);
    }

    /** Waits until the mark is gone, then empty, or was not renewed for a lease. */
    private static Optional<MarkHold> takeOver(StorePlace place, Stored other, Duration lease) {
        long since = System.nanoTime();
        Stored watched = other;
        long pause = Duration.ofMillis(100).toNanos();
        while (!watched.mark().isAbandoned() && System.nanoTime() - since < lease.toNanos()) {
            sleep(pause, place);
            pause = Math.min(2 * pause, LONGEST_WAIT.toNanos());
            Optional<Stored> now = read(place);
            if (now.isEmpty()) {
                return Optional.empty();
            }
            if (!now.get().version().equals(watched.version())) {
                since = System.nanoTime();
                watched = now.get();
            }
        }
        return take(place, watched, lease);
    }

    private static Optional<MarkHold> take(StorePlace place, Stored left, Duration lease) {
        String writer = WriterId.next();
        WritingMark mark = left.mark().of(writer);
        HELD.add(writer);
        try {
            return Optional.of(new MarkHold(place, lease, mark, replaced(place, mark, left.version()), true));
        } catch (ConflictException e) {
            HELD.remove(writer);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            HELD.remove(writer);
            throw e;
        }
    }

    private static Version replaced(StorePlace place, WritingMark mark, Version expected) {
        ObjectStore store = place.store();
        boolean conditional = store.can(StoreCapability.REPLACE_IF_VERSION)
                || store.can(StoreCapability.REPLACE_IF_VERSION_COOPERATIVE);
        String key = place.writingMark();
        if (!conditional
                && store.info(key).filter(now -> now.version().equals(expected)).isEmpty()) {
            throw lost(place, null);
        }
        return store.write(key, mark.bytes(), conditional ? WriteCondition.ifVersion(expected) : WriteCondition.ANY)
                .version();
    }

    private static ConflictException lost(StorePlace place, @Nullable Throwable cause) {
        String what =
                place.location() + " is being written by another program, which went on because this one was silent"
                        + " for too long; look at what is there and repeat the change";
        return cause == null ? new ConflictException(what) : new ConflictException(what, cause);
    }

    /** Whether the mark tells what another writer left. */
    boolean isTakenOver() {
        return takenOver;
    }

    Stage stage() {
        return mark().stage();
    }

    private WritingMark mark() {
        take();
        try {
            return mark;
        } finally {
            lock.unlock();
        }
    }

    /** The prefix of the staged folder that the mark names. */
    String staged() {
        String prefix = place.prefix();
        String name = Keys.lastSegment(prefix);
        return prefix.substring(0, prefix.length() - name.length() - 1) + mark().staged() + "/";
    }

    /** Goes on to a stage; what it says is true for all others when this returns. */
    void advance(Stage stage) {
        take();
        try {
            put(mark.at(stage));
        } finally {
            lock.unlock();
        }
    }

    /** Goes on to another write than the one that was left, which has a staged folder of its own. */
    void begin(Stage stage) {
        take();
        try {
            WritingMark next = mark.at(stage);
            String staged = stage == Stage.CREATING ? "" : stagedBy(place, writer);
            put(new WritingMark(stage, next.writer(), staged, next.renewal(), next.renewed()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Requires that nobody else has taken the mark.
     *
     * @throws ConflictException when somebody has
     */
    void require() {
        take();
        try {
            if (System.nanoTime() - renewedAt > lease.dividedBy(2).toNanos()) {
                put(mark.at(mark.stage()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void take() {
        lock.take("interrupted while writing " + place.location());
    }

    @GuardedBy("lock") private void put(WritingMark next) {
        try {
            version = replaced(place, next, version);
        } catch (ConflictException e) {
            version = replaced(place, next, ownVersion(e));
        }
        mark = next;
        renewedAt = System.nanoTime();
    }

    /** The version of a state of the mark whose answer got lost, if it is still ours. */
    private Version ownVersion(ConflictException failure) {
        return read(place)
                .filter(now -> now.mark().writer().equals(writer))
                .map(Stored::version)
                .orElseThrow(() -> lost(place, failure));
    }

    /** Whether the mark, as it is stored, is ours and at this stage. */
    boolean isStoredAs(Stage stage) {
        return read(place)
                .filter(now -> now.mark().writer().equals(writer) && now.mark().stage() == stage)
                .isPresent();
    }

    /** Deletes the mark and ends the hold. */
    void finish() {
        try (this) {
            take();
            try {
                require();
                closed = true; // a renewal now would bring the mark back
                place.store().delete(place.writingMark());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Leaves the mark to the next writer, who need not wait; as far as that can be told. */
    void giveUp() {
        boolean interrupted = Thread.interrupted();
        try {
            take();
            try {
                put(mark.givenUp());
            } finally {
                lock.unlock();
            }
        } catch (CopickException e) {
            // then the next writer finds that this process has ended, or waits
        } finally {
            close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the hold without touching the mark. */
    @Override
    public void close() {
        // waits for a renewal that is under way, which would bring the mark back; a request ends by its time-outs
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        HELD.remove(writer);
    }

    private void renewWhileHeld() {
        lock.lock();
        try {
            while (!closed) {
                var unused = ended.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
                if (!closed && System.nanoTime() - renewedAt >= RENEWAL.toNanos()) {
                    put(mark.at(mark.stage()));
                }
            }
        } catch (InterruptedException | CopickException e) {
            // the next change of the writer finds out
            return;
        } finally {
            lock.unlock();
        }
    }

    private static void sleep(long nanos, StorePlace place) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "interrupted while waiting for another writer of " + place.location(), e);
        }
    }
}
