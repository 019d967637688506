package org.copick.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.copick.cli.manifest.ItemListener;
import org.copick.storage.StoreListener;
import org.copick.storage.StoreOperation;

/**
 * How far long work is, on one line that is drawn again a few times a second; nothing where standard error is no
 * terminal, which the launcher tells. Safe for many threads.
 */
final class Progress implements StoreListener, ItemListener, AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final long BETWEEN_DRAWINGS = NANOS / 10;
    private static final int BAR = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean shown;
    private final LongSupplier clock;
    private final long began;
    private long drawn;
    private long bytes;
    private int done;
    private int total;
    private boolean dirty;

    Progress(PrintWriter err, boolean shown, LongSupplier clock) {
        this.err = err;
        this.shown = shown;
        this.clock = clock;
        this.began = clock.getAsLong();
        this.drawn = began;
    }

    /**
     * Progress of a command that a person may watch.
     *
     * @param printing whether it prints results meanwhile, which must not be drawn over on the same terminal
     */
    static Progress on(PrintWriter err, boolean printing) {
        String terminals = System.getProperty("copick.terminals", "");
        boolean shown = terminals.contains("err") && !(printing && terminals.contains("out"));
        return new Progress(err, shown, System::nanoTime);
    }

    @Override
    public synchronized void finished(StoreOperation operation) {
        bytes += operation.bytes();
        draw();
    }

    @Override
    public synchronized void done(int items, int ofItems) {
        done = items;
        total = ofItems;
        draw();
    }

    /** Takes the line away, so that what is printed next starts on an empty one. */
    @Override
    public synchronized void close() {
        if (dirty) {
            err.print(CLEAR);
            err.flush();
            dirty = false;
        }
    }

    private void draw() {
        long now = clock.getAsLong();
        if (shown && now - drawn >= BETWEEN_DRAWINGS) {
            drawn = now;
            dirty = true;
            err.print(CLEAR + line((now - began) / (double) NANOS));
            err.flush();
        }
    }

    private String line(double seconds) {
        String amount = String.format(Locale.ROOT, "%.1f MB, %.1f MB/s", bytes / 1e6, bytes / 1e6 / seconds);
        if (total == 0) {
            return "listing, " + amount;
        }
        int full = (int) ((long) BAR * done / total);
        String remaining = "";
        if (done > 0) {
            long left = Math.round(seconds / done * (total - done));
            remaining = String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
        }
        return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "] " + done + "/" + total + ", " + amount + remaining;
    }
}
