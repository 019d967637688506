package org.copick.cli.output;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of the standard streams. {@link System#console} shows only whether standard input and output both are a
 * terminal.
 *
 * @param outIsTerminal whether standard output is one
 * @param errIsTerminal whether standard error is one
 * @param outIsPipe whether standard output is known to be a pipe or socket
 * @param columns the width of the terminal, in characters
 * @param isColourful whether the terminal's user wants colours
 */
public record StandardStreams(
        boolean outIsTerminal, boolean errIsTerminal, boolean outIsPipe, int columns, boolean isColourful) {
    private static final int USUAL_COLUMNS = 80;
    private static final Path OUT = Path.of("/proc/self/fd/1");

    /** Describes streams without colours, 80 characters wide. */
    public StandardStreams(boolean outIsTerminal, boolean errIsTerminal, boolean outIsPipe) {
        this(outIsTerminal, errIsTerminal, outIsPipe, USUAL_COLUMNS, false);
    }

    /** Returns the launcher's findings, or else asks the shell. */
    public static StandardStreams find() {
        StandardStreams streams = of(System.getProperty("copick.terminals"));
        return new StandardStreams(
                streams.outIsTerminal,
                streams.errIsTerminal,
                streams.outIsPipe,
                columns(System.getProperty("copick.columns", "")),
                wantsColours(System.getenv()));
    }

    static int columns(String launcher) {
        // an unknown width is empty or 0
        return launcher.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(launcher) : USUAL_COLUMNS;
    }

    /** Follows no-color.org: any value of {@code NO_COLOR} but the empty one switches colours off. */
    static boolean wantsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
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
