package org.copick.cli.project;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.copick.cli.render.Plane;
import org.copick.picks.Point;

/** Finds places of a z plane that are darker than their surroundings, as particles are in a tomogram. */
final class DarkBlobs {
    /** Outer radius of the ring that a place is compared with, in radii of the particle. */
    private static final double SURROUNDINGS = 1.6;

    private DarkBlobs() {}

    /**
     * Returns the places with the largest contrast first. Contrast is the mean grey value of a ring around the place minus that of
     * the disc inside. Places are at least a particle's diameter apart, and as far from the plane's edge as their ring is wide.
     *
     * @param radius of the particle, in Å
     * @param most the number of places to return, fewer if the plane has no more room
     * @param isWanted rejects places, given in Å
     */
    static List<Point> in(Plane plane, double radius, int most, Predicate<Point> isWanted) {
        float[] contrast = contrast(plane, radius);
        List<Integer> order = IntStream.range(0, contrast.length)
                .filter(i -> contrast[i] > 0)
                .boxed()
                .sorted(Comparator.comparing(i -> -contrast[i]))
                .toList();
        List<Point> chosen = new ArrayList<>();
        for (int i : order) {
            double x = i % plane.columns() * plane.voxel()[2];
            int row = i / plane.columns();
            double y = row * plane.voxel()[1];
            Point place = Point.at(x, y, plane.position());
            if (chosen.stream().allMatch(p -> Math.hypot(p.x() - x, p.y() - y) >= 2 * radius) && isWanted.test(place)) {
                chosen.add(place);
            }
            if (chosen.size() == most) {
                break;
            }
        }
        return chosen;
    }

    /** Returns the contrast at every pixel, 0 near the edge. */
    private static float[] contrast(Plane plane, double radius) {
        double outer = radius * SURROUNDINGS;
        int down = (int) (outer / plane.voxel()[1]);
        int across = (int) (outer / plane.voxel()[2]);
        float[] values = plane.values();
        float[] contrast = new float[values.length];
        double[] distances = new double[(2 * down + 1) * (2 * across + 1)];
        for (int i = 0; i < distances.length; i++) {
            int row = i / (2 * across + 1) - down;
            int column = i % (2 * across + 1) - across;
            distances[i] = Math.hypot(row * plane.voxel()[1], column * plane.voxel()[2]);
        }
        for (int row = down; row < plane.rows() - down; row++) {
            for (int column = across; column < plane.columns() - across; column++) {
                double disc = 0;
                double ring = 0;
                int inDisc = 0;
                int inRing = 0;
                for (int i = 0; i < distances.length; i++) {
                    if (distances[i] <= outer) {
                        int r = row + i / (2 * across + 1) - down;
                        int c = column + i % (2 * across + 1) - across;
                        float value = values[r * plane.columns() + c];
                        if (distances[i] <= radius) {
                            disc += value;
                            inDisc++;
                        } else {
                            ring += value;
                            inRing++;
                        }
                    }
                }
                contrast[row * plane.columns() + column] = inRing == 0 ? 0 : (float) (ring / inRing - disc / inDisc);
            }
        }
        return contrast;
    }
}
