package org.copick.tests.hostile;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.storage.StoreOperation.Kind;

/**
 * A fault that a {@link FaultInjectingStore} injects, and the calls at which it strikes.
 *
 * <p>A new fault strikes at every call; {@link #on}, {@link #keys}, {@link #where}, {@link #call} and {@link #times}
 * restrict it.
 */
public final class Fault {
    /** The effects of faults. */
    enum Effect {
        FAIL_BEFORE,
        FAIL_HALFWAY,
        FAIL_AFTER,
        THROTTLE,
        DELAY,
        SHORT_READ,
        BIT_FLIP
    }

    private final Effect effect;
    private final long amount;
    private final Predicate<StoreCall> where;
    private final int first;
    private final int times;
    private int matching;

    private Fault(Effect effect, long amount, Predicate<StoreCall> where, int first, int times) {
        this.effect = effect;
        this.amount = amount;
        this.where = where;
        this.first = first;
        this.times = times;
    }

    private static Fault everywhere(Effect effect, long amount) {
        return new Fault(effect, amount, call -> true, 0, Integer.MAX_VALUE);
    }

    /** {@return a fault that makes a call fail without effect} */
    public static Fault before() {
        return everywhere(Effect.FAIL_BEFORE, 0);
    }

    /**
     * {@return a fault that makes a deletion of several objects fail after some of them; other calls fail without
     * effect}
     */
    public static Fault halfway() {
        return everywhere(Effect.FAIL_HALFWAY, 0);
    }

    /** {@return a fault that lets a call take effect and then loses its answer} */
    public static Fault after() {
        return everywhere(Effect.FAIL_AFTER, 0);
    }

    /** {@return a fault that makes the store throttle the caller, as a transient failure} */
    public static Fault throttled() {
        return everywhere(Effect.THROTTLE, 0);
    }

    /**
     * {@return a fault that makes a call take longer}
     *
     * @param duration the additional time
     */
    public static Fault delay(Duration duration) {
        return everywhere(Effect.DELAY, duration.toNanos());
    }

    /**
     * {@return a fault that removes this many bytes at the end of read data, without an exception}
     *
     * @param bytes the number of missing bytes
     */
    public static Fault shortRead(int bytes) {
        return everywhere(Effect.SHORT_READ, bytes);
    }

    /**
     * {@return a fault that inverts one bit of read data; the number selects the bit}
     *
     * @param number any number; the same one inverts the same bit
     */
    public static Fault bitFlip(long number) {
        return everywhere(Effect.BIT_FLIP, number);
    }

    /**
     * {@return this fault, restricted to these operations}
     *
     * @param kinds the operations
     */
    public Fault on(Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return new Fault(effect, amount, where.and(call -> wanted.contains(call.kind())), first, times);
    }

    /**
     * {@return this fault, restricted to these keys}
     *
     * @param keys tests the key or prefix of a call
     */
    public Fault keys(Predicate<String> keys) {
        return new Fault(effect, amount, where.and(call -> keys.test(call.key())), first, times);
    }

    /**
     * {@return this fault, restricted to calls that match}
     *
     * <p>The predicate is called once for each call that matches the restrictions added before.
     *
     * @param calls tests a call
     */
    public Fault where(Predicate<StoreCall> calls) {
        return new Fault(effect, amount, where.and(calls), first, times);
    }

    /**
     * {@return this fault, restricted to the n-th of the matching calls, counted from 0}
     *
     * @param n the position among the matching calls, from 0
     */
    public Fault call(int n) {
        return new Fault(effect, amount, where, n, 1);
    }

    /**
     * {@return this fault, restricted to the first {@code count} of the matching calls}
     *
     * @param count the number of calls that the fault strikes
     */
    public Fault times(int count) {
        return new Fault(effect, amount, where, first, count);
    }

    Effect effect() {
        return effect;
    }

    /** Returns whether the fault changes read data, instead of the effect of a call. */
    boolean damages() {
        return effect == Effect.SHORT_READ || effect == Effect.BIT_FLIP;
    }

    long amount() {
        return amount;
    }

    /** Returns whether the fault strikes at this call, and counts the call. */
    synchronized boolean strikes(StoreCall call) {
        if (!where.test(call)) {
            return false;
        }
        int number = matching++;
        return number >= first && number - first < times;
    }
}
