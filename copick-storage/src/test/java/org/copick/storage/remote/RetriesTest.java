package org.copick.storage.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetriesTest {
    @ParameterizedTest
    @CsvSource({"0, 1, 0, 100", "0, 2, 0, 200", "0, 40, 0, 10000", "1000, 1, 1000, 1100", "60000, 1, 10000, 10100"})
    void waitsAtLeastAsLongAsTheServiceAsks(long asked, int failed, long least, long most) {
        for (int i = 0; i < 1000; i++) {
            long wait = Retries.wait(Duration.ofMillis(asked), failed);
            assertTrue(wait >= least && wait <= most, () -> wait + " ms");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "' 7 ', 7",
        "99999, 3600",
        "-7, 0",
        "7.5, 0",
        "soon, 0",
        "'', 0",
        "99999999999999999999, 0",
        "'Tue, 01 Jan 1980 00:00:00 GMT', 0"
    })
    void theServiceAsksInSecondsOrByADate(String header, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), Retries.after(header));
    }

    @Test
    void datesInTheFutureAreWaitedFor() {
        assertEquals(Duration.ZERO, Retries.after(null));
        assertTrue(Retries.after("Fri, 01 Jan 2100 00:00:00 GMT").toDays() > 1000);
    }

    @Test
    void runsAgainOnlyWhatMayPass() throws Exception {
        int[] attempts = {0};
        assertEquals("done", Retries.run(3, failure -> java.util.Optional.of(Duration.ZERO), number -> {
            attempts[0] = number;
            if (number < 3) {
                throw new java.io.IOException("not yet");
            }
            return "done";
        }));
        assertEquals(3, attempts[0]);
    }
}
