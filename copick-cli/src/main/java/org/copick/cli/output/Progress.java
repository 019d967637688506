package org.copick.cli.output;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.copick.storage.StoreListener;
import org.copick.storage.StoreOperation;
import org.jspecify.annotations.Nullable;

/**
 * A status line with the progress of long work, drawn up to ten times a second.
 *
 * <p>Nothing is drawn if standard error is not a terminal. Thread-safe.
 */
public final class Progress implements StoreListener, ItemListener, AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final long BETWEEN_DRAWINGS = NANOS / 10;
    private static final int BAR = 24;

    private final @Nullable Screen screen;
    private final LongSupplier clock;
    private final long began;
    private long drawn;
    private long bytes;
    private int done;
    private int total;

    Progress(@Nullable Screen screen, LongSupplier clock) {
        this.screen = screen;
        this.clock = clock;
        this.began = clock.getAsLong();
        this.drawn = began;
    }

    /** Returns a status line for a command that prints its messages to this writer. */
    public static Progress on(PrintWriter err) {
        return new Progress(Screen.of(err).filter(Screen::showsStatus).orElse(null), System::nanoTime);
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

    /** Removes the status line, so that later output starts on an empty line. */
    @Override
    public synchronized void close() {
        if (screen != null) {
            screen.clear();
        }
    }

    private void draw() {
        long now = clock.getAsLong();
        if (screen != null && now - drawn >= BETWEEN_DRAWINGS) {
            drawn = now;
            screen.draw(line((now - began) / (double) NANOS));
        }
    }

    private String line(double seconds) {
        String amount = String.format(Locale.ROOT, "%.1f MB, %.1f MB/s", bytes / 1e6, bytes / 1e6 / seconds);
        if (total == 0) {
            return amount;
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
