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
 * The content of a {@linkplain StorePlace#writingMark marker} beside an image that is being written.
 *
 * @param stage the progress of the write
 * @param writer the write that holds the marker; empty if it gave the marker up
 * @param staged the name of the folder beside the image in which the new one is staged; empty while creating
 * @param renewal the number of states of the marker so far, so that no two are equal
 * @param renewed when the writer last wrote the marker, by its clock
 */
record WritingMark(Stage stage, String writer, String staged, long renewal, Instant renewed) {
    /** Time without a renewal after which a writer counts as ended if its process cannot be checked from here. */
    static final Duration SILENCE = Duration.ofHours(1);

    private static final int FORMAT = 1;
    private static final String NOBODY = "";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final WritingMark UNKNOWN = new WritingMark(Stage.CREATING, NOBODY, "", 0, Instant.EPOCH);

    /** The progress of a write. */
    enum Stage {
        /** The place holds an incomplete image. */
        CREATING,
        /** The place holds the old image, the staged folder an incomplete new one. */
        STAGING,
        /** The staged folder holds the new image, the place a mixture. */
        COMMITTED,
        /** The place holds the new image; the staged folder still exists. */
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

    /** Returns whether the writer is known to have ended. */
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

    /** Returns whether the writer is known to be working on this machine. */
    boolean isRunningHere() {
        return WriterId.isOwn(writer) ? MarkHold.isHeldBy(writer) : WriterId.state(writer) == StagedName.Writer.RUNNING;
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
            throw new IllegalStateException("cannot serialise the marker", e);
        }
    }

    /**
     * Parses a marker. A marker that this library did not write declares an incomplete image without a writer.
     *
     * @throws UnsupportedFeatureException for a marker written by a later version
     */
    static WritingMark parse(byte[] bytes, String location) {
        try {
            JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            JsonNode format = json.path("copick_writing");
            if (format.isNumber() && format.asInt() != FORMAT) {
                throw new UnsupportedFeatureException(
                        location + " is being written by a later version of copick for Java,"
                                + " whose marker this version cannot read; use that version");
            }
            Stage stage = Stage.valueOf(json.path("stage").asText().toUpperCase(Locale.ROOT));
            String staged = json.path("staged").asText();
            if (stage == Stage.CREATING || (StagedName.image(staged).isPresent() && !staged.contains("/"))) {
                String writer = json.path("writer").asText();
                Instant renewed = Instant.parse(json.path("renewed").asText());
                return new WritingMark(
                        stage, writer, staged, json.path("renewal").asLong(), renewed);
            }
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // this library did not write it
            return UNKNOWN;
        }
        return UNKNOWN;
    }
}
