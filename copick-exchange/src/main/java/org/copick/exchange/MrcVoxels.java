package org.copick.exchange;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The voxel size, derived from the cell and the grid of an MRC header.
 *
 * <p>Copick only has cubic voxels. If all three axes agree within 0.1 %, their size is the voxel size. If two agree
 * and the third is not stated, or agrees if the volume's own length replaces that of the grid, the size of the two is
 * used and a note says so. In all other cases there is no size, and the note says why.
 *
 * @param size the size along all axes, in Å
 * @param sizes the sizes along z, y, x in Å; 0 for axes that the file does not state
 * @param note what was assumed, or why there is no size; empty if nothing is unusual
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MrcVoxels(OptionalDouble size, double[] sizes, Optional<String> note) {
    /**
     * Relative tolerance. Cells are often rounded to a hundredth of an Å; over 1000 voxels this is less than one
     * voxel.
     */
    private static final double TOLERANCE = 1e-3;

    private static final int LENGTHS = 0;
    private static final int GRID = 28;
    private static final int CELL = 40;
    private static final String NAMES = "xyz";

    /** Reads the fields of a header. */
    static MrcVoxels of(ByteBuffer fields) {
        double[] stated = new double[3];
        double[] byLength = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double cell = fields.getFloat(CELL + 4 * axis);
            stated[axis] = size(cell, fields.getInt(GRID + 4 * axis));
            byLength[axis] = size(cell, fields.getInt(LENGTHS + 4 * axis));
        }
        double[] sizes = {stated[2], stated[1], stated[0]};
        if (agree(stated[0], stated[1]) && agree(stated[1], stated[2]) && agree(stated[0], stated[2])) {
            return new MrcVoxels(OptionalDouble.of(stated[0]), sizes, Optional.empty());
        }
        for (int odd = 0; odd < 3; odd++) {
            int first = odd == 0 ? 1 : 0;
            int second = odd == 2 ? 1 : 2;
            boolean others = agree(stated[first], stated[second]);
            if (others && (stated[odd] == 0 || agree(stated[first], byLength[odd]))) {
                return new MrcVoxels(
                        OptionalDouble.of(stated[first]),
                        sizes,
                        Optional.of("its header " + said(fields, odd) + "; the voxel size "
                                + DecimalText.plain(stated[first])
                                + " Å of " + NAMES.charAt(first) + " and " + NAMES.charAt(second)
                                + " was taken for all axes"));
            }
        }
        return new MrcVoxels(OptionalDouble.empty(), sizes, Optional.of(refusal(fields, stated, byLength)));
    }

    private static double size(double cell, int voxels) {
        double size = voxels == 0 ? 0 : (float) (cell / voxels);
        return size > 0 && size < Double.POSITIVE_INFINITY ? size : 0;
    }

    /** Returns whether both sizes are known and equal apart from rounding. */
    private static boolean agree(double one, double other) {
        return one > 0 && other > 0 && Math.abs(one - other) <= TOLERANCE * Math.min(one, other);
    }

    private static String said(ByteBuffer fields, int axis) {
        char name = NAMES.charAt(axis);
        return "has a cell of " + DecimalText.plain(fields.getFloat(CELL + 4 * axis)) + " Å (cella) for a grid of "
                + fields.getInt(GRID + 4 * axis) + " (m" + name + ") along " + name;
    }

    private static String refusal(ByteBuffer fields, double[] stated, double[] byLength) {
        if (stated[0] > 0 && stated[1] > 0 && stated[2] > 0) {
            return "its voxels have " + shown(stated) + " Å (x, y, z), which is not cubic";
        }
        if (stated[0] == 0 && stated[1] == 0 && stated[2] == 0) {
            boolean cell = agree(byLength[0], byLength[1]) && agree(byLength[0], byLength[2]);
            return "it does not say its voxel size: its header " + said(fields, 0)
                    + (cell ? ", which would be " + DecimalText.plain(byLength[0]) + " Å per voxel" : "");
        }
        return "it says its voxel size along some axes only, " + shown(stated) + " Å (x, y, z)";
    }

    private static String shown(double[] sizes) {
        StringBuilder text = new StringBuilder();
        for (double size : sizes) {
            text.append(text.isEmpty() ? "" : " × ").append(size > 0 ? DecimalText.plain(size) : "?");
        }
        return text.toString();
    }
}
