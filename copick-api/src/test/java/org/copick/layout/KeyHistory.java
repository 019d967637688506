package org.copick.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The states of one key that a single thread changes.
 *
 * <p>A state is the size of the object, 0 if there is none, and the times at which the change to it began and ended.
 */
final class KeyHistory {
    private record State(int size, long begun, AtomicLong ended) {}

    private final String key;
    private final AtomicLong time;
    private final List<State> states = new ArrayList<>();

    KeyHistory(String key, AtomicLong time) {
        this.key = key;
        this.time = time;
        states.add(new State(0, 0, new AtomicLong()));
    }

    String key() {
        return key;
    }

    long now() {
        return time.incrementAndGet();
    }

    void change(int size, Runnable change) {
        State state = new State(size, now(), new AtomicLong(Long.MAX_VALUE));
        synchronized (this) {
            states.add(state);
        }
        change.run();
        state.ended().set(now());
    }

    /**
     * Describes what is wrong with a result requested at time {@code asked}; returns an empty string if it is right.
     */
    synchronized String wrong(long asked, int size) {
        List<Integer> possible = possible(asked);
        return possible.contains(size) ? "" : key + " has " + size + " bytes, not one of " + possible;
    }

    synchronized String wrongPresence(long asked, boolean present) {
        List<Integer> possible = possible(asked);
        boolean right = possible.stream().anyMatch(size -> size > 0 == present);
        return right ? "" : key + " is " + (present ? "" : "not ") + "there, with one of " + possible + " bytes";
    }

    private List<Integer> possible(long asked) {
        List<Integer> possible = new ArrayList<>();
        for (int i = states.size() - 1; i >= 0; i--) {
            possible.add(states.get(i).size());
            if (states.get(i).ended().get() < asked) {
                break;
            }
        }
        return possible;
    }
}
