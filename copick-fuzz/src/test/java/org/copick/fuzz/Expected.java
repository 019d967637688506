package org.copick.fuzz;

import org.copick.error.CopickException;

/** Conditions that hold for every input. Anything thrown but a {@link CopickException} is a finding. */
final class Expected {
    private Expected() {}

    static void that(boolean holds) {
        if (!holds) {
            throw new AssertionError("an input that was accepted is not read again as it was");
        }
    }

    static void same(Object before, Object after) {
        if (!before.equals(after)) {
            throw new AssertionError("not " + brief(before) + " but " + brief(after));
        }
    }

    /** Runs something that may refuse its input. */
    static void refusedOrDone(Runnable action) {
        try {
            action.run();
        } catch (CopickException refused) {
            // as it should be
        }
    }

    private static String brief(Object value) {
        String text = value.toString();
        return text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
    }
}
