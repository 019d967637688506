package org.copick.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The two standard streams, which often share a terminal.
 *
 * <p>A status line is drawn on standard error. It is removed before other output, and never drawn into an unfinished
 * line. Thread-safe.
 */
public final class Screen {
    private static final String CLEAR = "\r\u001b[K";

    /**
     * Longest time, in nanoseconds, that finished lines to a pipe are buffered.
     *
     * <p>Lines go to pipes in blocks; flushing in between notices a closed pipe early.
     */
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    private final OutputStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean isColourful;
    private final int columns;
    private final Lossless outBytes;
    private final Lines outWriter;
    private final PrintWriter errWriter;
    private boolean inLine;
    private boolean drawn;

    /** Creates a screen on two streams. */
    public Screen(OutputStream out, OutputStream err, StandardStreams streams) {
        this.err = err;
        this.errIsTerminal = streams.errIsTerminal();
        this.outIsTerminal = streams.outIsTerminal();
        this.isColourful = outIsTerminal && streams.isColourful();
        this.columns = streams.columns();
        this.outBytes = new Lossless(new Shared(out, outIsTerminal), streams.outIsPipe());
        this.outWriter = new Lines(outBytes, this, outIsTerminal ? 0 : LONGEST_WAIT);
        this.errWriter = new Lines(new Shared(err, errIsTerminal), this, 0);
    }

    /** Returns the writer for standard output. */
    public PrintWriter out() {
        return outWriter;
    }

    /** Returns the writer for standard error. */
    public PrintWriter err() {
        return errWriter;
    }

    /** Returns whether standard output is a terminal. */
    public boolean showsOutput() {
        return outIsTerminal;
    }

    /** Returns whether standard error is a terminal. */
    public boolean showsMessages() {
        return errIsTerminal;
    }

    /** Returns whether standard output is a terminal that shows colours. */
    public boolean isColourful() {
        return isColourful;
    }

    /** Returns the width of the terminal, in characters. */
    public int columns() {
        return columns;
    }

    /** Returns a text without control characters in a style, or as it is if colours are not wanted. */
    String styled(String text, Style style) {
        return isColourful ? style.around(text) : text;
    }

    /** Prints a text that contains control characters of the command itself: colours. */
    public void printTrusted(String text) {
        outWriter.printTrusted(text);
    }

    /** Writes bytes to standard output, after the text printed so far. */
    public void write(byte[] bytes) {
        outWriter.flush();
        outBytes.write(bytes, 0, bytes.length);
        outBytes.flush();
    }

    /** Returns whether status lines are drawn: only if standard error is a terminal. */
    boolean showsStatus() {
        return errIsTerminal;
    }

    /** Draws a status line, which replaces the previous one. */
    synchronized void draw(String status) {
        if (!errIsTerminal || inLine) {
            return;
        }
        drawn = true;
        write(CLEAR + status);
    }

    /** Removes the status line. */
    synchronized void clear() {
        if (drawn) {
            drawn = false;
            write(CLEAR);
        }
    }

    private void write(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // a status line that cannot be shown is no reason to fail
            drawn = false;
        }
    }

    /** Returns the screen of a writer; empty for other writers. */
    public static Optional<Screen> of(PrintWriter writer) {
        return writer instanceof Lines lines ? Optional.ofNullable(lines.screen) : Optional.empty();
    }

    /** Returns a writer that escapes its output: this one if it already does, else a wrapper. */
    public static PrintWriter escaping(PrintWriter writer) {
        return writer instanceof Lines ? writer : new Lines(writer);
    }

    /** A stream that writes only blocks of bytes to another stream. */
    private abstract static class Blocks extends FilterOutputStream {
        Blocks(OutputStream target) {
            super(target);
        }

        @Override
        public final void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public abstract void write(byte[] bytes, int start, int length) throws IOException;
    }

    /** A stream that clears the status line before it writes. */
    private final class Shared extends Blocks {
        private final boolean terminal;

        Shared(OutputStream target, boolean terminal) {
            super(target);
            this.terminal = terminal;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            synchronized (Screen.this) {
                if (terminal && length > 0) {
                    clear();
                    inLine = bytes[start + length - 1] != '\n';
                }
                out.write(bytes, start, length);
            }
        }
    }

    /** A stream that throws {@link OutputLostException}, because {@link PrintWriter} hides an {@link IOException}. */
    private static final class Lossless extends Blocks {
        private final boolean isPipe;

        Lossless(OutputStream target, boolean isPipe) {
            super(target);
            this.isPipe = isPipe;
        }

        @Override
        public void write(byte[] bytes, int start, int length) {
            try {
                out.write(bytes, start, length);
            } catch (IOException e) {
                throw new OutputLostException(e, isPipe);
            }
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw new OutputLostException(e, isPipe);
            }
        }
    }

    /**
     * The writer for everything that a command prints.
     *
     * <p>{@code println} and formatted values are escaped to stay one line, whatever names they contain; {@code print}
     * keeps line feeds and tabs. Finished lines are flushed in time.
     */
    private static final class Lines extends PrintWriter {
        private final @Nullable Screen screen;
        private final long longestWait;
        private long flushed = System.nanoTime();

        Lines(OutputStream out, Screen screen, long longestWait) {
            super(out, false, StandardCharsets.UTF_8);
            this.screen = screen;
            this.longestWait = longestWait;
        }

        Lines(PrintWriter out) {
            super(out);
            this.screen = null;
            this.longestWait = 0;
        }

        void printTrusted(String text) {
            super.write(text, 0, text.length());
            flush();
        }

        // all other methods of PrintWriter call these

        @Override
        public void write(int character) {
            write(Character.toString((char) character), 0, 1);
        }

        @Override
        public void write(String text, int start, int length) {
            String shown = Printable.text(text.substring(start, start + length));
            super.write(shown, 0, shown.length());
        }

        @Override
        public void write(char[] text, int start, int length) {
            write(new String(text, start, length), 0, length);
        }

        @Override
        public void println(@Nullable String line) {
            super.println(Printable.line(String.valueOf(line)));
        }

        @Override
        public void println(@Nullable Object line) {
            println(String.valueOf(line));
        }

        @Override
        public PrintWriter format(String format, @Nullable Object... values) {
            return super.format(format, shown(values));
        }

        @Override
        public PrintWriter format(Locale locale, String format, @Nullable Object... values) {
            return super.format(locale, format, shown(values));
        }

        /** Escapes the values of a format; only line feeds of the format itself are kept. */
        private static @Nullable Object[] shown(@Nullable Object... values) {
            return Arrays.stream(values)
                    .map(value -> value == null || value instanceof Number || value instanceof Character
                            ? value
                            : Printable.line(String.valueOf(value)))
                    .toArray();
        }

        @Override
        public void println() {
            super.println();
            long now = System.nanoTime();
            if (now - flushed >= longestWait) {
                flush();
                flushed = now;
            }
        }
    }
}
