package org.copick.portal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.copick.entity.EntityKey;
import org.copick.error.CorruptDataException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * Turns points of the portal, one JSON object per line with a location in voxels, into a picks document.
 *
 * <p>Blank lines are skipped, and an empty file has no points; Python copick fails on both. Each line is written before the
 * next one is read, so that memory holds the file and the document, and nothing else that grows with the number of points.
 */
final class PointsFile {
    /** Writes not-a-number and infinity without quotes, as Python does and readers of picks expect. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    /** The last row of the matrix of a rotation. */
    private static final int[] LAST_ROW = {0, 0, 0, 1};

    private final byte[] text;
    private final String location;
    private final double voxelSpacing;
    private final boolean oriented;
    private final JsonGenerator json;

    private PointsFile(byte[] text, String location, double voxelSpacing, boolean oriented, JsonGenerator json) {
        this.text = text;
        this.location = location;
        this.voxelSpacing = voxelSpacing;
        this.oriented = oriented;
        this.json = json;
    }

    /**
     * Returns the picks document with the points of a file, in Å. Default values are left out of it.
     *
     * @param voxelSpacing the size of a voxel in Å
     * @param oriented whether the points have rotations
     * @param key the identity of the document
     * @throws CorruptDataException if a line is not valid; the message has its number
     */
    static byte[] toPicks(byte[] text, String location, double voxelSpacing, boolean oriented, EntityKey.Picks key) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeStringField("pickable_object_name", key.object());
                json.writeStringField("user_id", key.user());
                json.writeStringField("session_id", key.session());
                json.writeStringField("unit", "angstrom");
                json.writeBooleanField("trust_orientation", oriented);
                json.writeArrayFieldStart("points");
                new PointsFile(text, location, voxelSpacing, oriented, json).writeLines();
                json.writeEndArray();
                json.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new CorruptDataException("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    private void writeLines() throws IOException {
        int number = 1;
        for (int begin = 0; begin < text.length; number++) {
            int end = begin;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (!isBlank(begin, end)) {
                write(point(Arrays.copyOfRange(text, begin, end), number), number);
            }
            begin = end + 1;
        }
    }

    private boolean isBlank(int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (text[i] != ' ' && (text[i] < '\t' || text[i] > '\r')) {
                return false;
            }
        }
        return true;
    }

    private JsonNode point(byte[] line, int number) {
        try {
            return JsonTree.read(line);
        } catch (JsonProcessingException e) {
            throw corrupt(number, JsonFailure.text(e), e);
        } catch (IOException e) {
            throw corrupt(number, String.valueOf(e.getMessage()), e);
        }
    }

    private void write(JsonNode point, int number) throws IOException {
        JsonNode place = point.path("location");
        json.writeStartObject();
        json.writeObjectFieldStart("location");
        json.writeNumberField("x", number(place.path("x"), number, "location.x") * voxelSpacing);
        json.writeNumberField("y", number(place.path("y"), number, "location.y") * voxelSpacing);
        json.writeNumberField("z", number(place.path("z"), number, "location.z") * voxelSpacing);
        json.writeEndObject();
        if (oriented) {
            writeRotation(point.path("xyz_rotation_matrix"), number);
        }
        json.writeEndObject();
    }

    private void writeRotation(JsonNode matrix, int number) throws IOException {
        json.writeArrayFieldStart("transformation_");
        for (int row = 0; row < 3; row++) {
            if (matrix.size() != 3 || matrix.path(row).size() != 3) {
                throw corrupt(number, "xyz_rotation_matrix is not a list of 3 rows of 3 numbers", null);
            }
            json.writeStartArray();
            for (int column = 0; column < 3; column++) {
                json.writeNumber(number(matrix.path(row).path(column), number, "xyz_rotation_matrix"));
            }
            json.writeNumber(0);
            json.writeEndArray();
        }
        json.writeArray(LAST_ROW, 0, LAST_ROW.length);
        json.writeEndArray();
    }

    private double number(JsonNode value, int line, String name) {
        if (!value.isNumber()) {
            throw corrupt(line, name + " is " + (value.isMissingNode() ? "missing" : "not a number"), null);
        }
        return value.doubleValue();
    }

    private CorruptDataException corrupt(int line, String problem, @Nullable Exception cause) {
        String message = "cannot read " + location + ": line " + line + " is invalid: " + problem;
        return cause == null ? new CorruptDataException(message) : new CorruptDataException(message, cause);
    }
}
