package org.copick;

/** An axis of a volume. Arrays are in C order of z, y, x, so x varies fastest. */
public enum Axis {
    /** The axis before z, y and x, which features and panoptic segmentations may have. */
    CHANNEL(4),
    /** The first of the spatial axes: along the beam. */
    Z(3),
    /** The second of the spatial axes. */
    Y(2),
    /** The third of the spatial axes, whose elements are neighbours. */
    X(1);

    /** How far from the end of the axes. */
    private final int fromEnd;

    Axis(int fromEnd) {
        this.fromEnd = fromEnd;
    }

    /** Which axis of an array of so many dimensions this is; negative where it has none. */
    int in(int rank) {
        return rank - fromEnd;
    }
}
