package org.copick;

/** An axis of a volume. Arrays are in C order of z, y, x, so x varies fastest. */
public enum Axis {
    /** The axis before z, y and x that features and panoptic segmentations may have. */
    CHANNEL(4),
    /** The first spatial axis: along the beam. */
    Z(3),
    /** The second spatial axis. */
    Y(2),
    /** The third spatial axis, along which elements are contiguous. */
    X(1);

    /** The distance from the end of the shape: 1 for the last axis. */
    private final int fromEnd;

    Axis(int fromEnd) {
        this.fromEnd = fromEnd;
    }

    /**
     * Returns the index of this axis in an array of {@code rank} dimensions; negative if the array does not have it.
     */
    int in(int rank) {
        return rank - fromEnd;
    }
}
