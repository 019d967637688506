package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.storage.StoreOperation;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter terminal = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void tellsItemsBytesRateAndTheTimeThatIsLeft() {
        try (Progress progress = progress(true)) {
            clock.set(2_000_000_000L);
            progress.finished(read(6_000_000));
            clock.set(3_000_000_000L);
            progress.done(6, 24);
        }

        assertEquals(
                "\r\u001b[Klisting, 6.0 MB, 3.0 MB/s"
                        + "\r\u001b[K[######                  ] 6/24, 6.0 MB, 2.0 MB/s, 0:09 left"
                        + "\r\u001b[K",
                terminal.toString());
    }

    @Test
    void isDrawnAFewTimesASecondAtMost() {
        try (Progress progress = progress(true)) {
            for (int millisecond = 0; millisecond < 1000; millisecond++) {
                clock.set(millisecond * 1_000_000L);
                progress.done(millisecond, 1000);
            }
        }

        int drawings = terminal.toString().split("\r", -1).length - 1;
        assertTrue(drawings <= 11, () -> drawings + " drawings in a second");
    }

    @Test
    void printsNothingWhereThereIsNoTerminal() {
        try (Progress progress = progress(false)) {
            clock.set(2_000_000_000L);
            progress.finished(read(6_000_000));
            progress.done(1, 2);
        }

        assertEquals("", terminal.toString());
    }

    private Progress progress(boolean shown) {
        return new Progress(new PrintWriter(terminal), shown, clock::get);
    }

    private static StoreOperation read(long bytes) {
        return new StoreOperation(StoreOperation.Kind.READ, "memory://a", "b", bytes, Duration.ofMillis(1), null);
    }
}
