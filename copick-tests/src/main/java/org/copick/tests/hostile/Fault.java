package org.copick.tests.hostile;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.storage.StoreOperation.Kind;

/**
 * What goes wrong at a {@link FaultInjectingStore}, and at which calls. A new fault strikes at every call; {@link #on},
 * {@link #keys} and {@link #call} narrow it down.
 */
public final class Fault {
    /** Kinds of faults. */
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

    /** The call fails and has done nothing. */
    public static Fault before() {
        return everywhere(Effect.FAIL_BEFORE, 0);
    }

    /** A deletion of several objects fails after some of them; other calls fail and have done nothing. */
    public static Fault halfway() {
        return everywhere(Effect.FAIL_HALFWAY, 0);
    }

    /** The call does what it should, and then its answer gets lost. */
    public static Fault after() {
        return everywhere(Effect.FAIL_AFTER, 0);
    }

    /** The store asks to be called less often; may be transient. */
    public static Fault throttled() {
        return everywhere(Effect.THROTTLE, 0);
    }

    /** The call takes longer. */
    public static Fault delay(Duration duration) {
        return everywhere(Effect.DELAY, duration.toNanos());
    }

    /** What is read lacks so many bytes at its end, and nothing tells so. */
    public static Fault shortRead(int bytes) {
        return everywhere(Effect.SHORT_READ, bytes);
    }

    /** One bit of what is read is wrong; which one is chosen by the number. */
    public static Fault bitFlip(long number) {
        return everywhere(Effect.BIT_FLIP, number);
    }

    /** The same at these operations only. */
    public Fault on(Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return new Fault(effect, amount, where.and(call -> wanted.contains(call.kind())), first, times);
    }

    /** The same at these keys only. */
    public Fault keys(Predicate<String> keys) {
        return new Fault(effect, amount, where.and(call -> keys.test(call.key())), first, times);
    }

    /** The same at these calls only; is asked once for each call that other conditions, given before, leave. */
    public Fault where(Predicate<StoreCall> calls) {
        return new Fault(effect, amount, where.and(calls), first, times);
    }

    /** The same at the n-th of these calls only, counted from 0. */
    public Fault call(int n) {
        return new Fault(effect, amount, where, n, 1);
    }

    /** The same at the first of these calls only. */
    public Fault times(int count) {
        return new Fault(effect, amount, where, first, count);
    }

    Effect effect() {
        return effect;
    }

    /** Whether it changes what is read, instead of what the call does. */
    boolean damages() {
        return effect == Effect.SHORT_READ || effect == Effect.BIT_FLIP;
    }

    long amount() {
        return amount;
    }

    /** Whether it strikes at this call, which is counted. */
    synchronized boolean strikes(StoreCall call) {
        if (!where.test(call)) {
            return false;
        }
        int number = matching++;
        return number >= first && number - first < times;
    }
}
