package org.copick.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.StorePlace;

/**
 * The content of a {@linkplain StorePlace#writingMark mark} beside an image that is being written.
 *
 * @param stage how far the write is
 * @param writer the write that holds the mark; empty if it was given up
 * @param staged the name of the folder beside the image that the new one is staged in; empty while creating
 * @param renewal counts the states of the mark under its writer, so that no two are equal
 * @param renewed when the writer last wrote the mark, by its clock
 */
record WritingMark(Stage stage, String writer, String staged, long renewal, Instant renewed) {
    /** A writer of which nothing else is known has ended when it did not renew its mark for so long. */
    static final Duration SILENCE = Duration.ofHours(1);

    private static final int FORMAT = 1;
    private static final String NOBODY = "";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final WritingMark UNKNOWN = new WritingMark(Stage.CREATING, NOBODY, "", 0, Instant.EPOCH);

    /** How far a write is. */
    enum Stage {
        /** The place holds an incomplete image. */
        CREATING,
        /** The place holds the old image, the staged folder an incomplete one. */
        STAGING,
        /** The staged folder holds the new image, the place a mixture. */
        COMMITTED,
        /** The place holds the new image, the staged folder remains of it. */
        COPIED
    }

    static WritingMark begin(Stage stage, String writer, String staged) {
        return new WritingMark(stage, writer, staged, 0, Instant.now());
    }

    WritingMark at(Stage next) {
        return new WritingMark(next, writer, staged, renewal + 1, Instant.now());
    }

    WritingMark of(String nextWriter) {
        return new WritingMark(stage, nextWriter, staged, renewal + 1, Instant.now());
    }

    WritingMark givenUp() {
        return of(NOBODY);
    }

    /** Whether the writer is known to have ended. */
    boolean isAbandoned() {
        if (writer.isEmpty() || (WriterId.isOwn(writer) && !MarkHold.isHeldBy(writer))) {
            return true;
        }
        return switch (WriterId.state(writer)) {
            case RUNNING -> false;
            case GONE -> true;
            case UNKNOWN -> renewed.isBefore(Instant.now().minus(SILENCE));
        };
    }

    byte[] bytes() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("copick_writing", FORMAT)
                .put("stage", stage.name().toLowerCase(Locale.ROOT))
                .put("writer", writer)
                .put("staged", staged)
                .put("renewal", renewal)
                .put("renewed", renewed.toString());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mark that cannot be written", e);
        }
    }

    /**
     * Reads a mark. One that is not of this library means an incomplete image without a writer.
     *
     * @throws UnsupportedFeatureException for the mark of a later version
     */
    static WritingMark parse(byte[] bytes, String location) {
        try {
            JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            JsonNode format = json.path("copick_writing");
            if (format.isNumber() && format.asInt() != FORMAT) {
                throw new UnsupportedFeatureException(
                        location + " is being written by a later version of copick for Java,"
                                + " whose mark this one does not know; use that version");
            }
            Stage stage = Stage.valueOf(json.path("stage").asText().toUpperCase(Locale.ROOT));
            String staged = json.path("staged").asText();
            if (stage == Stage.CREATING || StagedName.image(staged).isPresent()) {
                String writer = json.path("writer").asText();
                Instant renewed = Instant.parse(json.path("renewed").asText());
                return new WritingMark(
                        stage, writer, staged, json.path("renewal").asLong(), renewed);
            }
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // not of this library
            return UNKNOWN;
        }
        return UNKNOWN;
    }
}
