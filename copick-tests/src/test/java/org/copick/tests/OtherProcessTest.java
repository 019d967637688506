package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Tests what a failure says about a program in another process. */
final class OtherProcessTest {
    /** Prints lines to both outputs, then ends with status 3, or waits if it has an argument. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < 40; i++) {
                System.out.println("line " + i);
            }
            System.err.println("cannot go on");
            if (arguments.length > 0) {
                System.out.println(System.in.read());
            }
            System.exit(3);
        }
    }

    @Test
    void aProgramThatFailsIsDescribedByItsStatusAndItsLastLines() throws Exception {
        try (OtherProcess program = OtherProcess.start(Program.class)) {
            for (int i = 0; i < 40; i++) {
                assertEquals("line " + i, program.line());
            }
            String message = message(assertThrows(AssertionError.class, program::line));
            assertTrue(message.startsWith("the other process (Program ) ended with exit status 3\n"), message);
            assertTrue(message.contains("last lines of standard output\n    line 28\n"), message);
            assertTrue(message.endsWith("    line 39\n  last lines of standard error\n    cannot go on"), message);
            assertEquals(message, message(assertThrows(AssertionError.class, program::awaitSuccess)));
        }
    }

    @Test
    void aProgramThatRunsIsDescribedAsRunning() throws Exception {
        try (OtherProcess program = OtherProcess.start(Program.class, "wait")) {
            for (int i = 0; i < 40; i++) {
                program.line();
            }
            String message = message(program.failed("reports no progress"));
            assertTrue(
                    message.startsWith("the other process (Program wait) reports no progress and is still running\n"),
                    message);
            assertTrue(message.contains("    line 39\n"), message);
        }
    }

    private static String message(AssertionError failure) {
        return String.valueOf(failure.getMessage());
    }
}
