package org.copick.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The two standard streams, which often share a terminal. A status line is drawn on standard error; it is taken away
 * before anything else is printed and never drawn into a line that has begun. Safe for many threads.
 */
final class Screen {
    private static final String CLEAR = "\r\u001b[K";

    /** In a pipe, lines are handed on in blocks, but when one this old ends also before: its reader may be gone. */
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    private final OutputStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final Lossless outBytes;
    private final PrintWriter outWriter;
    private final PrintWriter errWriter;
    private boolean inLine;
    private boolean drawn;

    Screen(OutputStream out, OutputStream err, StandardStreams streams) {
        this.err = err;
        this.errIsTerminal = streams.errIsTerminal();
        this.outIsTerminal = streams.outIsTerminal();
        this.outBytes = new Lossless(new Shared(out, outIsTerminal), streams.outIsPipe());
        this.outWriter = new Lines(outBytes, this, outIsTerminal ? 0 : LONGEST_WAIT);
        this.errWriter = new Messages(new Shared(err, errIsTerminal), this);
    }

    PrintWriter out() {
        return outWriter;
    }

    PrintWriter err() {
        return errWriter;
    }

    /** Whether standard output is a terminal. */
    boolean showsOutput() {
        return outIsTerminal;
    }

    /** Writes bytes to standard output, after all text. */
    void write(byte[] bytes) {
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
    static Optional<Screen> of(PrintWriter writer) {
        return writer instanceof Lines lines ? Optional.of(lines.screen) : Optional.empty();
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

    /** A writer that hands on whole lines in time. */
    private static class Lines extends PrintWriter {
        private final Screen screen;
        private final long longestWait;
        private long flushed = System.nanoTime();

        Lines(OutputStream out, Screen screen, long longestWait) {
            super(out, false, StandardCharsets.UTF_8);
            this.screen = screen;
            this.longestWait = longestWait;
        }

        // PrintWriter's other methods end in these two; JSON has its escapes already, so nothing changes there

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
        public void println() {
            super.println();
            long now = System.nanoTime();
            if (now - flushed >= longestWait) {
                flush();
                flushed = now;
            }
        }
    }

    /** A writer whose messages are one line each, whatever names are in them. */
    private static final class Messages extends Lines {
        Messages(OutputStream out, Screen screen) {
            super(out, screen, 0);
        }

        @Override
        public void println(String message) {
            super.println(Printable.line(message));
        }
    }
}
