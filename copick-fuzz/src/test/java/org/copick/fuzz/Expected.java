package org.copick.fuzz;

import org.copick.error.CopickException;

/** Conditions that hold for every input. Every exception except {@link CopickException} is a finding. */
final class Expected {
    private Expected() {}

    static void that(boolean holds) {
        if (!holds) {
            throw new AssertionError("an accepted input changes when it is written and read again");
        }
    }

    static void same(Object before, Object after) {
        if (!before.equals(after)) {
            throw new AssertionError("not " + brief(before) + " but " + brief(after));
        }
    }

    /** Runs an action that may refuse its input with a {@link CopickException}. */
    static void refusedOrDone(Runnable action) {
        try {
            action.run();
        } catch (CopickException refused) {
            // allowed
        }
    }

    private static String brief(Object value) {
        String text = value.toString();
        return text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
    }
}
