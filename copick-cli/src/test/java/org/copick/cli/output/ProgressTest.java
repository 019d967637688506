package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.storage.StoreOperation;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void tellsItemsBytesRateAndTheTimeThatIsLeft() {
        try (Progress progress = progress(screen(true, true))) {
            clock.set(2_000_000_000L);
            progress.finished(read(6_000_000));
            clock.set(3_000_000_000L);
            progress.done(6, 24);
        }

        assertEquals(
                "\r\u001b[K6.0 MB, 3.0 MB/s"
                        + "\r\u001b[K[######                  ] 6/24, 6.0 MB, 2.0 MB/s, 0:09 left"
                        + "\r\u001b[K",
                shown());
    }

    @Test
    void isDrawnAFewTimesASecondAtMost() {
        try (Progress progress = progress(screen(false, true))) {
            for (int millisecond = 0; millisecond < 1000; millisecond++) {
                clock.set(millisecond * 1_000_000L);
                progress.done(millisecond, 1000);
            }
        }

        int drawings = shown().split("\r", -1).length - 1;
        assertTrue(drawings <= 11, () -> drawings + " drawings in a second");
    }

    @Test
    void printsNothingWhereThereIsNoTerminal() {
        Screen screen = screen(true, false);
        try (Progress progress = Progress.on(screen.err())) {
            clock.set(2_000_000_000L);
            progress.finished(read(6_000_000));
            progress.done(1, 2);
        }

        assertEquals("", shown());
    }

    @Test
    void whatIsPrintedMeanwhileStandsOnLinesOfItsOwn() {
        Screen screen = screen(true, true);
        try (Progress progress = progress(screen)) {
            clock.set(1_000_000_000L);
            progress.done(1, 4);
            screen.out().println("one.mrc");
            clock.set(2_000_000_000L);
            progress.done(2, 4);
            screen.err().println("copick: cannot read two.mrc");
            clock.set(3_000_000_000L);
            progress.done(3, 4);
        }

        String end = System.lineSeparator();
        assertEquals(
                "one.mrc" + end + "copick: cannot read two.mrc" + end,
                shown().replaceAll("\r\u001b\\[K(\\[[^\r]*?left)?", ""));
        assertTrue(shown().contains("0:03 left\r\u001b[Kone.mrc" + end + "\r\u001b[K["), this::shown);
    }

    @Test
    void waitsForTheEndOfALineThatHasBegun() {
        Screen screen = screen(true, true);
        try (Progress progress = progress(screen)) {
            screen.out().print("{\"half\":");
            screen.out().flush();
            clock.set(1_000_000_000L);
            progress.done(1, 4);
            screen.out().println(" 1}");
        }

        assertEquals("{\"half\": 1}" + System.lineSeparator(), shown());
    }

    @Test
    void isDrawnOverAPipeWithoutTouchingIt() {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        Screen screen = new Screen(pipe, terminal, new StandardStreams(false, true, true));
        try (Progress progress = progress(screen)) {
            screen.out().print("half a line");
            screen.out().flush();
            clock.set(1_000_000_000L);
            progress.done(1, 4);
            screen.out().println();
            screen.out().flush();
        }

        assertEquals("half a line" + System.lineSeparator(), pipe.toString(StandardCharsets.UTF_8));
        assertEquals("\r\u001b[K[######                  ] 1/4, 0.0 MB, 0.0 MB/s, 0:03 left\r\u001b[K", shown());
    }

    @Test
    void terminalsAreThoseThatTheLauncherTells() {
        for (String told : new String[] {"out,err", ",err", "out", ""}) {
            StandardStreams streams = StandardStreams.of(told);
            assertEquals(told.contains("out"), streams.outIsTerminal(), told);
            assertEquals(told.contains("err"), streams.errIsTerminal(), told);
        }
    }

    private Screen screen(boolean out, boolean err) {
        return new Screen(terminal, terminal, new StandardStreams(out, err, false));
    }

    private Progress progress(Screen screen) {
        return new Progress(screen, clock::get);
    }

    private String shown() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private static StoreOperation read(long bytes) {
        return new StoreOperation(StoreOperation.Kind.READ, "memory://a", "b", bytes, Duration.ofMillis(1), null);
    }
}
