package org.copick.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.copick.error.CorruptDataException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.copick.picks.PicksDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads points of the portal: one JSON object per line, with locations in voxels.
 *
 * <p>Blank lines are skipped, and an empty file has no points; Python copick fails on both.
 */
final class PointsFile {
    private final byte[] text;
    private final String location;
    private final double voxelSpacing;
    private final boolean oriented;
    private double[] positions = new double[48];
    private double[] transforms;
    private int count;

    private PointsFile(byte[] text, String location, double voxelSpacing, boolean oriented) {
        this.text = text;
        this.location = location;
        this.voxelSpacing = voxelSpacing;
        this.oriented = oriented;
        this.transforms = new double[oriented ? 256 : 0];
    }

    /**
     * Returns the points of a file, in Å.
     *
     * @param voxelSpacing the size of a voxel in Å
     * @param oriented whether the points have rotations
     * @param empty the document to add the points to
     * @throws CorruptDataException if a line is not valid; the message has its number
     */
    static PicksDocument read(
            byte[] text, String location, double voxelSpacing, boolean oriented, PicksDocument empty) {
        PointsFile file = new PointsFile(text, location, voxelSpacing, oriented);
        file.readLines();
        double[] xyz = Arrays.copyOf(file.positions, 3 * file.count);
        double @Nullable [] matrices = oriented ? Arrays.copyOf(file.transforms, 16 * file.count) : null;
        try {
            return empty.withPoints(xyz, matrices, null, null).withTrustOrientation(oriented);
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    private void readLines() {
        int number = 1;
        for (int begin = 0; begin < text.length; number++) {
            int end = begin;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (!isBlank(begin, end)) {
                add(Arrays.copyOfRange(text, begin, end), number);
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

    private void add(byte[] line, int number) {
        JsonNode point;
        try {
            point = JsonTree.read(line);
        } catch (JsonProcessingException e) {
            throw corrupt(number, JsonFailure.text(e), e);
        } catch (IOException e) {
            throw corrupt(number, String.valueOf(e.getMessage()), e);
        }
        if (positions.length < 3 * (count + 1)) {
            positions = Arrays.copyOf(positions, 2 * positions.length);
        }
        JsonNode place = point.path("location");
        positions[3 * count] = number(place.path("x"), number, "location.x") * voxelSpacing;
        positions[3 * count + 1] = number(place.path("y"), number, "location.y") * voxelSpacing;
        positions[3 * count + 2] = number(place.path("z"), number, "location.z") * voxelSpacing;
        if (oriented) {
            addRotation(point.path("xyz_rotation_matrix"), number);
        }
        count++;
    }

    private void addRotation(JsonNode matrix, int number) {
        if (transforms.length < 16 * (count + 1)) {
            transforms = Arrays.copyOf(transforms, 2 * transforms.length);
        }
        for (int row = 0; row < 3; row++) {
            if (matrix.size() != 3 || matrix.path(row).size() != 3) {
                throw corrupt(number, "xyz_rotation_matrix is not a list of 3 rows of 3 numbers", null);
            }
            for (int column = 0; column < 3; column++) {
                transforms[16 * count + 4 * row + column] =
                        number(matrix.path(row).path(column), number, "xyz_rotation_matrix");
            }
        }
        transforms[16 * count + 15] = 1;
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
