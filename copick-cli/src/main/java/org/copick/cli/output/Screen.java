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
 * The two standard streams, which often share a terminal. A status line is drawn on standard error; it is taken away
 * before anything else is printed and never drawn into a line that has begun. Safe for many threads.
 */
public final class Screen {
    private static final String CLEAR = "\r\u001b[K";

    /** In a pipe, lines are handed on in blocks, but when one this old ends also before: its reader may be gone. */
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

    public PrintWriter out() {
        return outWriter;
    }

    public PrintWriter err() {
        return errWriter;
    }

    /** Whether standard output is a terminal. */
    public boolean showsOutput() {
        return outIsTerminal;
    }

    /** Whether standard output is a terminal that shows colours. */
    public boolean isColourful() {
        return isColourful;
    }

    /** The width of the terminal, in characters. */
    public int columns() {
        return columns;
    }

    /** Returns a text without control characters in a style, or as it is if colours are not wanted. */
    String styled(String text, Style style) {
        return isColourful ? style.around(text) : text;
    }

    /** Prints a text whose control characters are our own: colours. */
    public void printTrusted(String text) {
        outWriter.printTrusted(text);
    }

    /** Writes bytes to standard output, after all text. */
    public void write(byte[] bytes) {
        outWriter.flush();
        outBytes.write(bytes, 0, bytes.length);
        outBytes.flush();
    }

    /** Whether status lines are drawn. */
    boolean showsStatus() {
        return errIsTerminal;
    }

    /** Draws the status line in place of the last one. */
    synchronized void draw(String status) {
        if (!errIsTerminal || inLine) {
            return;
        }
        drawn = true;
        write(CLEAR + status);
    }

    /** Takes the status line away. */
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
            // nobody sees the status line, so nobody misses it
            drawn = false;
        }
    }

    /** The screen that a writer prints on, if it does. */
    public static Optional<Screen> of(PrintWriter writer) {
        return writer instanceof Lines lines ? Optional.ofNullable(lines.screen) : Optional.empty();
    }

    /** A writer that escapes what it prints: this one if it does, else one in front of it. */
    public static PrintWriter escaping(PrintWriter writer) {
        return writer instanceof Lines ? writer : new Lines(writer);
    }

    /** A stream in front of another one, which takes bytes in blocks only. */
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

    /** A stream that fails in a way no writer keeps to itself. */
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
     * A writer for people, through which everything goes that a command prints. A printed line stays one line, whatever names
     * are in it; where line feeds and tabs of our own are meant, {@code print} leaves them. Hands on whole lines in time.
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

        // PrintWriter's other methods end in these

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

        /** The values of a format, whose own line feeds are meant, but none of theirs. */
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
