package org.copick.exchange;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.copick.error.CopickException;
import org.junit.jupiter.api.function.Executable;

/** Checks what is said of files that are not read. */
final class Refusals {
    private Refusals() {}

    /** Asserts that this is refused with a message that has all these parts. */
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
