package org.copick.tests.network;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds requests back until a round is complete, then lets them pass together.
 *
 * <p>Requests that depend on the answers can only arrive later. Rounds therefore count a client's round trips without
 * measuring time.
 */
final class RequestRounds {
    /** Longest wait for the other requests of a round, in seconds; reached only by a client that sends too few. */
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition complete = lock.newCondition();
    private final int[] sizes;
    private final int[] came;
    private int current;
    private int more;
    private boolean givenUp;

    /** Expects rounds of these numbers of requests. */
    RequestRounds(int... sizes) {
        this.sizes = sizes.clone();
        this.came = new int[sizes.length];
    }

    /** Waits until the request's round is complete. */
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (givenUp || current == sizes.length) {
                more++;
                return;
            }
            int round = current;
            came[round]++;
            if (came[round] == sizes[round]) {
                current++;
                complete.signalAll();
                return;
            }
            long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
            while (round == current && !givenUp) {
                left = complete.awaitNanos(left);
                if (left <= 0) {
                    givenUp = true;
                    complete.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Throws unless exactly the requests of these rounds arrived. */
    void assertComplete() {
        lock.lock();
        try {
            if (current < sizes.length || more > 0) {
                throw new AssertionError("expected rounds of " + Arrays.toString(sizes) + " requests, but "
                        + Arrays.toString(came) + " arrived, then " + more + " more");
            }
        } finally {
            lock.unlock();
        }
    }
}
