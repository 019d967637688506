package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.WritingMark.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingMarkTest {
    private static final String STAGED = "image.zarr.0123abcd-1-2-3.staged";

    @ParameterizedTest
    @EnumSource(Stage.class)
    void isReadAsItWasWritten(Stage stage) {
        WritingMark mark = WritingMark.begin(stage, "0123abcd-1-2-3", stage == Stage.CREATING ? "" : STAGED);

        assertEquals(mark, WritingMark.parse(mark.bytes(), "here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "[]", "{}", "{\"copick_writing\": 1}", "{\"copick_writing\": 1, \"stage\": \"staging\"}"
            })
    void aForeignMarkerMeansAnAbandonedIncompleteImage(String content) {
        WritingMark mark = WritingMark.parse(content.getBytes(StandardCharsets.UTF_8), "here");

        assertEquals(Stage.CREATING, mark.stage());
        assertTrue(mark.isAbandoned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "../" + STAGED, "other/" + STAGED})
    void aMarkerThatNamesAFolderElsewhereIsNotFollowed(String staged) {
        String text = new String(
                WritingMark.begin(Stage.COMMITTED, "0123abcd-1-2-3", staged).bytes(), StandardCharsets.UTF_8);

        assertEquals(
                Stage.CREATING,
                WritingMark.parse(text.getBytes(StandardCharsets.UTF_8), "here").stage());
    }

    @Test
    void aMarkerOfALaterVersionIsRefused() {
        byte[] later = "{\"copick_writing\": 2, \"stage\": \"dreaming\"}".getBytes(StandardCharsets.UTF_8);

        assertThrows(UnsupportedFeatureException.class, () -> WritingMark.parse(later, "here"));
    }

    @Test
    void aWriterOfAnotherMachineIsAbandonedAfterItsSilence() {
        Instant now = Instant.now();
        String elsewhere = "ffffffff-1-2-3";

        assertFalse(new WritingMark(Stage.STAGING, elsewhere, STAGED, 0, now).isAbandoned());
        assertTrue(new WritingMark(
                        Stage.STAGING,
                        elsewhere,
                        STAGED,
                        0,
                        now.minus(WritingMark.SILENCE).minusSeconds(1))
                .isAbandoned());
    }

    @Test
    void aWriterOfThisProcessThatDoesNotGoOnIsAbandoned() {
        assertTrue(WritingMark.begin(Stage.STAGING, WriterId.next(), STAGED).isAbandoned());
    }
}
