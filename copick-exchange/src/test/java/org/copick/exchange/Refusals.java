package org.copick.exchange;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.copick.error.CopickException;
import org.junit.jupiter.api.function.Executable;

/** Asserts the messages of refused files. */
final class Refusals {
    private Refusals() {}

    /** Asserts that an action is refused with a message that contains all these parts. */
    static void assertRefused(Class<? extends CopickException> type, Executable action, String... parts) {
        assertSays(assertThrows(type, action), parts);
    }

    static void assertSays(CopickException refusal, String... parts) {
        String message = Objects.requireNonNull(refusal.getMessage());
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
