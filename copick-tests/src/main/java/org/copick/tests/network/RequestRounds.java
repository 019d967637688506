package org.copick.tests.network;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds requests back until all of a round have come, then lets them pass together. Requests that depend on the answers
 * can only come later, so that the rounds of a client show without measuring time.
 */
final class RequestRounds {
    /** For how long requests wait for the others of their round; reached only by a client that sends too few. */
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition complete = lock.newCondition();
    private final int[] sizes;
    private final int[] came;
    private int current;
    private int more;
    private boolean givenUp;

    /** Rounds of so many requests. */
    RequestRounds(int... sizes) {
        this.sizes = sizes.clone();
        this.came = new int[sizes.length];
    }

    /** Returns once the request's round is complete. */
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

    /** Throws unless the requests came in these rounds and no others did. */
    void assertComplete() {
        lock.lock();
        try {
            if (current < sizes.length || more > 0) {
                throw new AssertionError("rounds of " + Arrays.toString(sizes) + " requests were expected, and "
                        + Arrays.toString(came) + " came, then " + more + " more");
            }
        } finally {
            lock.unlock();
        }
    }
}
