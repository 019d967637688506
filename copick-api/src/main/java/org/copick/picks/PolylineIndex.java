package org.copick.picks;

/** Finds the nearest point of a polyline quickly, with boxes around runs of its segments. */
final class PolylineIndex implements PieceIndex {
    private static final int RUN = 8;
    private static final double TINY = 1e-30;

    /** Widens the search, so that rounding excludes no distance whose square root equals the limit. */
    private static final double SLACK = 1 + 1e-9;

    private final Polyline points;
    private final int segments;
    private final BoxTree runs;

    /**
     * Creates an index.
     *
     * @param points finite, one or more; a single point is a segment without length
     */
    PolylineIndex(Polyline points) {
        this.points = points;
        this.segments = Math.max(1, points.size() - 1);
        this.runs = new BoxTree((segments + RUN - 1) / RUN);
        for (int i = 0; i < points.size(); i++) {
            if (i < segments) {
                runs.add(i / RUN, points, i);
            }
            if (i > 0) {
                runs.add((i - 1) / RUN, points, i);
            }
        }
        runs.update();
    }

    @Override
    public int size() {
        return points.size();
    }

    @Override
    public BoxTree boxes() {
        return runs;
    }

    @Override
    public double squaredDistance(double x, double y, double z, double best) {
        return runs.nearest(x, y, z, best, (run, least) -> {
            double found = least;
            for (int i = run * RUN; i < Math.min(run * RUN + RUN, segments); i++) {
                double distance = segmentDistance(i, x, y, z);
                found = distance < found ? distance : found;
            }
            return found;
        });
    }

    /**
     * Returns whether all points are within {@code distance} of the line, in Å. Fastest for points in the line's
     * order.
     */
    boolean isWithin(Polyline queries, double distance) {
        double above = Math.nextUp(distance * distance * SLACK);
        int segment = 0;
        for (int i = 0; i < queries.size(); i++) {
            double x = queries.x(i);
            double y = queries.y(i);
            double z = queries.z(i);
            while (segment < segments && !(Math.sqrt(segmentDistance(segment, x, y, z)) <= distance)) {
                segment++;
            }
            if (segment == segments && !(Math.sqrt(squaredDistance(x, y, z, above)) <= distance)) {
                return false;
            }
        }
        return true;
    }

    private double segmentDistance(int i, double x, double y, double z) {
        int end = Math.min(i + 1, points.size() - 1);
        double ax = points.x(i);
        double ay = points.y(i);
        double az = points.z(i);
        double abx = points.x(end) - ax;
        double aby = points.y(end) - ay;
        double abz = points.z(end) - az;
        double length = Math.max(abx * abx + aby * aby + abz * abz, TINY);
        double along = ((x - ax) * abx + (y - ay) * aby + (z - az) * abz) / length;
        double t = Math.min(Math.max(along, 0), 1);
        double dx = x - (ax + t * abx);
        double dy = y - (ay + t * aby);
        double dz = z - (az + t * abz);
        return dx * dx + dy * dy + dz * dz;
    }
}
