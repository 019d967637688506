package org.copick.cli.output;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of the standard streams.
 *
 * <p>{@link System#console} is no substitute: it only reports whether both standard input and output are terminals.
 *
 * @param outIsTerminal whether standard output is a terminal
 * @param errIsTerminal whether standard error is a terminal
 * @param outIsPipe whether standard output is known to be a pipe or socket
 */
public record StandardStreams(boolean outIsTerminal, boolean errIsTerminal, boolean outIsPipe) {
    private static final Path OUT = Path.of("/proc/self/fd/1");

    /** Returns the destinations that the launcher found, or else asks the shell. */
    public static StandardStreams find() {
        return of(System.getProperty("copick.terminals"));
    }

    static StandardStreams of(@Nullable String told) {
        return told == null
                ? new StandardStreams(isTerminal(1), isTerminal(2), isPipe())
                : new StandardStreams(told.contains("out"), told.contains("err"), isPipe());
    }

    private static boolean isPipe() {
        try {
            String out = Files.readSymbolicLink(OUT).toString();
            return out.startsWith("pipe:") || out.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isTerminal(int descriptor) {
        try {
            return new ProcessBuilder("/bin/sh", "-c", "test -t " + descriptor)
                            .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                            .redirectOutput(Redirect.INHERIT)
                            .redirectError(Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
