package org.copick.cli.output;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import org.copick.error.CopickException;
import org.copick.error.UrlSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Messages for failures, without secrets. */
public final class FailureMessage {
    private FailureMessage() {}

    /** Returns a message for people, unescaped; for unexpected exceptions it names the exception type. */
    public static String of(Throwable failure) {
        String known = UrlSecrets.masked(Objects.requireNonNullElse(failure.getMessage(), ""));
        if (failure instanceof CopickException
                || failure instanceof CommandFailure
                || failure instanceof OutputLostException) {
            return known;
        }
        if (failure instanceof InvalidPathException path) {
            return isAscii(path.getInput())
                    ? "invalid path: " + known
                    : "cannot name \"" + path.getInput() + "\" in the encoding of this locale, "
                            + System.getProperty("sun.jnu.encoding") + "; run the command with LC_ALL=C.UTF-8";
        }
        if (failure instanceof OutOfMemoryError) {
            return "the heap is too small for this; set a larger one with JAVA_OPTS=-Xmx4g";
        }
        if (failure instanceof ServiceConfigurationError) {
            return "cannot load a plug-in: " + Printable.joined(known) + "; mend or remove its jar in "
                    + Remedy.PLUGINS;
        }
        return "unexpected " + failure.getClass().getSimpleName()
                + (known.isEmpty() ? "" : ": " + Printable.joined(known)) + "; run again with --debug to see where";
    }

    /** Returns a message that ends with a remedy, such as an option, if the command has one. */
    public static String withRemedy(Throwable failure, CommandSpec command) {
        return of(failure) + (failure instanceof CopickException known ? Remedy.after(known, command) : "");
    }

    /** Prints a stack trace with each message escaped to one line, and the tabs of the trace as spaces. */
    public static void printTrace(Throwable failure, PrintWriter err) {
        failure.printStackTrace(new PrintWriter(err) {
            @Override
            public void println(@Nullable Object line) {
                err.println(UrlSecrets.masked(String.valueOf(line)).replaceFirst("^\t+", "    "));
            }
        });
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
