package org.copick.picks;

/** Distances to one piece of a curve. */
interface PieceIndex {
    /** Returns about how many points the piece has when it is evaluated. */
    int size();

    /** Returns boxes around all of it. */
    BoxTree boxes();

    /** Returns the squared distance in Å² to its nearest point when it is less than {@code best}, else {@code best}. */
    double squaredDistance(double x, double y, double z, double best);
}
