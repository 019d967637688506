package org.copick.picks;

/**
 * A piece of a Catmull-Rom curve that is much longer than the tolerance of a fit; one stray point causes two of them.
 *
 * <p>Evaluating it would take too long for the distances of a few points. Instead, the piece is halved until its parts
 * are straight, and only parts that may be nearer than the nearest one so far are halved.
 */
final class LongPiece implements PieceIndex {
    /** Largest bend of a straight part, as a fraction of the tolerance. */
    private static final double STRAIGHT = 1e-3;

    /** Most halvings; shorter parts differ only by rounding. */
    private static final int MOST_HALVINGS = 48;

    private final double[] bezier;
    private final double bend;
    private final int size;
    private final BoxTree box = new BoxTree(1);

    /**
     * Prepares a piece.
     *
     * @param bezier the control points of the cubic, x, y, z each
     * @param tolerance the tolerance of the fit, in Å
     * @param size the number of points that evaluating it would give
     */
    LongPiece(double[] bezier, double tolerance, int size) {
        this.bezier = bezier;
        this.bend = tolerance * STRAIGHT;
        this.size = size;
        Polyline hull = Polyline.owning(bezier);
        for (int i = 0; i < 4; i++) {
            box.add(0, hull, i);
        }
        box.update();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public BoxTree boxes() {
        return box;
    }

    @Override
    public double squaredDistance(double x, double y, double z, double best) {
        double[] point = {x, y, z};
        return outside(bezier, point) < best ? nearest(bezier, point, best, MOST_HALVINGS) : best;
    }

    private double nearest(double[] part, double[] point, double best, int halvings) {
        if (halvings == 0 || isStraight(part)) {
            return Math.min(best, chordDistance(part, point));
        }
        double[] first = part.clone();
        double[] second = part.clone();
        halve(first, second);
        double toFirst = outside(first, point);
        double toSecond = outside(second, point);
        boolean inOrder = toFirst <= toSecond;
        double found = best;
        if (Math.min(toFirst, toSecond) < found) {
            found = nearest(inOrder ? first : second, point, found, halvings - 1);
        }
        if (Math.max(toFirst, toSecond) < found) {
            found = nearest(inOrder ? second : first, point, found, halvings - 1);
        }
        return found;
    }

    private boolean isStraight(double[] part) {
        double most = 0;
        for (int axis = 0; axis < 3; axis++) {
            double third = (part[9 + axis] - part[axis]) / 3;
            most = Math.max(most, Math.abs(part[3 + axis] - (part[axis] + third)));
            most = Math.max(most, Math.abs(part[6 + axis] - (part[9 + axis] - third)));
        }
        return most <= bend;
    }

    /** Halves a part by De Casteljau's construction. Both arrays contain the whole part before. */
    private static void halve(double[] first, double[] second) {
        for (int axis = 0; axis < 3; axis++) {
            double a = first[axis];
            double b = first[3 + axis];
            double c = first[6 + axis];
            double d = first[9 + axis];
            double ab = (a + b) / 2;
            double bc = (b + c) / 2;
            double cd = (c + d) / 2;
            double abc = (ab + bc) / 2;
            double bcd = (bc + cd) / 2;
            double middle = (abc + bcd) / 2;
            first[3 + axis] = ab;
            first[6 + axis] = abc;
            first[9 + axis] = middle;
            second[axis] = middle;
            second[3 + axis] = bcd;
            second[6 + axis] = cd;
        }
    }

    /** Returns the squared distance to the box around the control points, which contains the part. */
    private static double outside(double[] part, double[] point) {
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            double low = Math.min(Math.min(part[axis], part[3 + axis]), Math.min(part[6 + axis], part[9 + axis]));
            double high = Math.max(Math.max(part[axis], part[3 + axis]), Math.max(part[6 + axis], part[9 + axis]));
            double out = Math.max(0, Math.max(low - point[axis], point[axis] - high));
            squared += out * out;
        }
        return squared;
    }

    private static double chordDistance(double[] part, double[] point) {
        double length = 0;
        double along = 0;
        for (int axis = 0; axis < 3; axis++) {
            double chord = part[9 + axis] - part[axis];
            length += chord * chord;
            along += (point[axis] - part[axis]) * chord;
        }
        double t = length > 0 ? Math.min(Math.max(along / length, 0), 1) : 0;
        double squared = 0;
        for (int axis = 0; axis < 3; axis++) {
            double off = point[axis] - (part[axis] + t * (part[9 + axis] - part[axis]));
            squared += off * off;
        }
        return squared;
    }
}
