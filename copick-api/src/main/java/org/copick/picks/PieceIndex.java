package org.copick.picks;

/** An index for distances to one piece of a curve. */
interface PieceIndex {
    /** Returns roughly the number of points that evaluating the piece gives. */
    int size();

    /** Returns boxes that contain the whole piece. */
    BoxTree boxes();

    /** Returns the squared distance to the piece in Å² if it is less than {@code best}, otherwise {@code best}. */
    double squaredDistance(double x, double y, double z, double best);
}
