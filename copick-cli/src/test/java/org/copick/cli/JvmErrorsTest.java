package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.copick.cli.output.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that errors of the JVM are reported in one line with an exit status, like any failure. */
class JvmErrorsTest {
    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new NoClassDefFoundError("org/example/Missing"),
                new ExceptionInInitializerError("as asked"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsOneLine(Error error) {
        String messages = messages(error);

        assertEquals(1, messages.lines().count(), messages);
        assertTrue(messages.startsWith("copick: "), messages);
    }

    @Test
    void aBrokenPluginIsNamed() {
        assertEquals(
                "copick: cannot load a plug-in: a.B: Provider c.D not found; mend or remove its jar in COPICK_PLUGINS or a folder"
                        + " \"plugins\" of the command",
                messages(new ServiceConfigurationError("a.B: Provider c.D not found"))
                        .strip());
    }

    private static String messages(Error error) {
        PrintWriter failing = new PrintWriter(new StringWriter()) {
            @Override
            public void write(String text, int from, int length) {
                throw error;
            }
        };
        StringWriter messages = new StringWriter();
        int status = Main.run(failing, new PrintWriter(messages, true), "ls", "--help");

        assertEquals(ExitStatus.FAILED, status);
        return messages.toString();
    }
}
