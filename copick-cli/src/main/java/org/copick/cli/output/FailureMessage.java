package org.copick.cli.output;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import org.copick.error.CopickException;
import org.copick.error.UrlSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Failures in the words of the command, without secrets. */
public final class FailureMessage {
    private FailureMessage() {}

    /** A message for a person, not yet escaped; what is not one of ours is named by its type as well. */
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
        return "unexpected " + failure.getClass().getSimpleName()
                + (known.isEmpty() ? "" : ": " + Printable.joined(known)) + "; run again with --debug to see where";
    }

    /** A message that ends with the option or command that helps, if this command knows one. */
    public static String withRemedy(Throwable failure, CommandSpec command) {
        return of(failure) + (failure instanceof CopickException known ? Remedy.after(known, command) : "");
    }

    /** Prints a stack trace, whose messages are one line each and whose tabs are meant. */
    public static void printTrace(Throwable failure, PrintWriter err) {
        failure.printStackTrace(new PrintWriter(err) {
            @Override
            public void println(@Nullable Object line) {
                err.println(String.valueOf(line).replaceFirst("^\t+", "    "));
            }
        });
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
