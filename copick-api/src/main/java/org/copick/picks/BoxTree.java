package org.copick.picks;

import java.util.Arrays;

/** A binary tree of boxes around leaves, to find the nearest leaf without visiting all of them. */
final class BoxTree {
    private static final int BOX = 6;

    private final int leaves;

    /**
     * The boxes by node, each as lower x, y, z, then upper x, y, z. Node 1 is the root; node i has the children 2i and
     * 2i + 1.
     */
    private final double[] boxes;

    /** Creates a tree whose leaves are empty. */
    BoxTree(int leaves) {
        int power = 1;
        while (power < leaves) {
            power *= 2;
        }
        this.leaves = power;
        this.boxes = new double[2 * power * BOX];
        for (int at = 0; at < boxes.length; at += BOX) {
            Arrays.fill(boxes, at, at + 3, Double.POSITIVE_INFINITY);
            Arrays.fill(boxes, at + 3, at + BOX, Double.NEGATIVE_INFINITY);
        }
    }

    /** Measures distances to the contents of a leaf. */
    interface Leaf {
        /**
         * Returns the squared distance to the leaf's contents in Å² if it is less than {@code best}, otherwise {@code
         * best}.
         */
        double nearest(int leaf, double best);
    }

    /** Empties a leaf's box, before points are added to it. */
    void clear(int leaf) {
        int at = (leaves + leaf) * BOX;
        Arrays.fill(boxes, at, at + 3, Double.POSITIVE_INFINITY);
        Arrays.fill(boxes, at + 3, at + BOX, Double.NEGATIVE_INFINITY);
    }

    /** Extends a leaf's box to contain the boxes of another tree. */
    void add(int leaf, BoxTree other) {
        for (int axis = 0; axis < 3; axis++) {
            widen((leaves + leaf) * BOX + axis, other.boxes[BOX + axis], other.boxes[BOX + 3 + axis]);
        }
    }

    /** Extends a leaf's box to contain a point. */
    void add(int leaf, Polyline points, int i) {
        for (int axis = 0; axis < 3; axis++) {
            widen((leaves + leaf) * BOX + axis, points.at(i, axis), points.at(i, axis));
        }
    }

    private void widen(int at, double low, double high) {
        boxes[at] = Math.min(boxes[at], low);
        boxes[at + 3] = Math.max(boxes[at + 3], high);
    }

    /** Recomputes all boxes above the leaves. */
    void update() {
        for (int node = leaves - 1; node > 0; node--) {
            join(node);
        }
    }

    /** Recomputes the boxes above one leaf. */
    void update(int leaf) {
        for (int node = (leaves + leaf) / 2; node > 0; node /= 2) {
            join(node);
        }
    }

    private void join(int node) {
        int left = 2 * node * BOX;
        int right = left + BOX;
        for (int axis = 0; axis < 3; axis++) {
            boxes[node * BOX + axis] = Math.min(boxes[left + axis], boxes[right + axis]);
            boxes[node * BOX + 3 + axis] = Math.max(boxes[left + 3 + axis], boxes[right + 3 + axis]);
        }
    }

    /**
     * Returns the squared distance to the nearest content in Å² if it is less than {@code best}, otherwise {@code
     * best}.
     */
    double nearest(double x, double y, double z, double best, Leaf leaf) {
        return distance(1, x, y, z) < best ? nearest(1, x, y, z, best, leaf) : best;
    }

    private double nearest(int node, double x, double y, double z, double best, Leaf leaf) {
        if (node >= leaves) {
            return leaf.nearest(node - leaves, best);
        }
        double left = distance(2 * node, x, y, z);
        double right = distance(2 * node + 1, x, y, z);
        int near = left <= right ? 2 * node : 2 * node + 1;
        double found = best;
        if (Math.min(left, right) < found) {
            found = nearest(near, x, y, z, found, leaf);
        }
        if (Math.max(left, right) < found) {
            found = nearest(near ^ 1, x, y, z, found, leaf);
        }
        return found;
    }

    private double distance(int node, double x, double y, double z) {
        int at = node * BOX;
        double dx = outside(x, boxes[at], boxes[at + 3]);
        double dy = outside(y, boxes[at + 1], boxes[at + 4]);
        double dz = outside(z, boxes[at + 2], boxes[at + 5]);
        return dx * dx + dy * dy + dz * dz;
    }

    private static double outside(double value, double low, double high) {
        return value < low ? low - value : value > high ? value - high : 0;
    }
}
