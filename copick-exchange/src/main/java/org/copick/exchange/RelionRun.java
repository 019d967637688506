package org.copick.exchange;

import java.util.List;
import java.util.function.LongPredicate;
import org.copick.picks.Point;

/**
 * The points of one tomogram that are to become particles.
 *
 * @param tomogram what is known of it
 * @param points in Å; the shift of their transforms is added to their locations
 * @param polarityKnown tells by a filament's id whether its points are in the order of its polarity
 */
public record RelionRun(RelionTomogram tomogram, List<Point> points, LongPredicate polarityKnown) {
    /** Copies the list. */
    public RelionRun {
        points = List.copyOf(points);
    }

    /** Returns what {@link RelionParticles#warnings} needs of these points, which are then few or none. */
    public RelionRun forWarnings() {
        return new RelionRun(
                tomogram,
                points.stream()
                        .filter(point -> Euler.fit(point.transform().rotation()) != Euler.Fit.ROTATION)
                        .toList(),
                polarityKnown);
    }

    /** Points of filaments of unknown polarity, or of no filaments. */
    public RelionRun(RelionTomogram tomogram, List<Point> points) {
        this(tomogram, points, id -> false);
    }
}
