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
 * The right to write an image, on a store that cannot exchange several objects at once. It consists in the marker
 * beside the image, which one writer holds at a time and renews while it works. If the writer has ended, or does not
 * renew the marker for {@link #LEASE}, the next writer takes it over; the former writer then fails with
 * {@link ConflictException} before it changes anything else.
 */
final class MarkHold implements AutoCloseable {
    /** Time without a renewal after which a waiting writer takes over the marker. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

    private final StorePlace place;
    private final Duration lease;
    private final String writer;
    private final boolean takenOver;
    /** Held while the marker is written, because each of its states replaces the version before. */
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

    /** Returns whether a writer is active in this process. */
    static boolean isHeldBy(String writer) {
        return HELD.contains(writer);
    }

    /** The marker beside a place as it is stored. */
    record Stored(WritingMark mark, Version version) {}

    /** Reads the marker beside a place. One request. */
    static Optional<Stored> read(StorePlace place) {
        Optional<StoredObject> stored = place.store().read(place.writingMark());
        return stored.map(object -> new Stored(
                WritingMark.parse(object.bytes(), place.location()),
                object.info().version()));
    }

    /**
     * Creates a marker beside a place that has none.
     *
     * @throws AlreadyExistsException if there is a marker
     */
    static MarkHold create(StorePlace place, Stage stage) {
        boolean atomically = place.store().can(StoreCapability.CREATE_IF_ABSENT);
        return set(place, stage, atomically ? WriteCondition.IF_ABSENT : WriteCondition.ANY, LEASE);
    }

    /** Creates a marker, or takes over one that another writer left. Waits for an active writer. */
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

    /** Takes over the marker that a writer known to have ended left beside a complete image, if there is one. */
    static Optional<MarkHold> takeOverAbandoned(StorePlace place) {
        return read(place)
                .filter(left ->
                        left.mark().stage() != Stage.CREATING && left.mark().isAbandoned())
                .flatMap(left -> take(place, left, LEASE));
    }

    /**
     * Takes over the marker beside a new image that its writer left incomplete. Waits for a writer of another machine,
     * because it may be working; empty if it completes the image, or if the writer is working on this machine.
     */
    static Optional<MarkHold> takeOverIncomplete(StorePlace place) {
        return read(place)
                .filter(left ->
                        left.mark().stage() == Stage.CREATING && !left.mark().isRunningHere())
                .flatMap(left -> takeOver(place, left, LEASE));
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

    /**
     * Takes over the marker once its lease has expired without a renewal, or returns empty once the marker is deleted.
     */
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
        String what = place.location() + " is being written by another writer, which took over because this one did not"
                + " renew its marker in time; check the present content and repeat the change";
        return cause == null ? new ConflictException(what) : new ConflictException(what, cause);
    }

    /** Returns whether the marker was taken over from another writer. */
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

    /** Returns the prefix of the staged folder named by the marker. */
    String staged() {
        String prefix = place.prefix();
        String name = Keys.lastSegment(prefix);
        return prefix.substring(0, prefix.length() - name.length() - 1) + mark().staged() + "/";
    }

    /** Advances the marker to a stage. When this returns, all others see the new stage. */
    void advance(Stage stage) {
        take();
        try {
            put(mark.at(stage));
        } finally {
            lock.unlock();
        }
    }

    /** Begins another write under this marker, with its own staged folder. */
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
     * Checks that no other writer has taken over the marker.
     *
     * @throws ConflictException if another writer has
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

    /**
     * Returns the stored version of the marker, for the case that the response to this writer's last write was lost.
     *
     * @throws ConflictException if another writer holds the marker
     */
    private Version ownVersion(ConflictException failure) {
        return read(place)
                .filter(now -> now.mark().writer().equals(writer))
                .map(Stored::version)
                .orElseThrow(() -> lost(place, failure));
    }

    /** Returns whether the stored marker is held by this writer and at this stage. */
    boolean isStoredAs(Stage stage) {
        return read(place)
                .filter(now -> now.mark().writer().equals(writer) && now.mark().stage() == stage)
                .isPresent();
    }

    /** Deletes the marker and ends the hold. */
    void finish() {
        try (this) {
            take();
            try {
                require();
                closed = true; // a renewal after the deletion would restore the marker
                place.store().delete(place.writingMark());
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Releases the marker, so that the next writer need not wait. Has no effect on the marker if it cannot be written.
     */
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
            // the next writer then detects that this process has ended, or waits
        } finally {
            close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the hold without changing the marker. */
    @Override
    public void close() {
        // waits for a renewal in progress, which would restore the marker; time-outs bound its duration
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
            // the writer's next change detects it
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
