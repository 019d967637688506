package org.copick.exchange;

import java.util.List;
import java.util.function.LongPredicate;
import org.copick.picks.Point;

/**
 * The points of one tomogram, to be written as particles.
 *
 * @param tomogram the known properties of the tomogram
 * @param points the points in Å; the shift of their transforms is added to their locations
 * @param polarityKnown returns for a filament's id whether its points follow its polarity
 */
public record RelionRun(RelionTomogram tomogram, List<Point> points, LongPredicate polarityKnown) {
    /**
     * Copies the list.
     *
     * @param tomogram the known properties of the tomogram
     * @param points the points in Å
     * @param polarityKnown returns for a filament's id whether its points follow its polarity
     */
    public RelionRun {
        points = List.copyOf(points);
    }

    /** {@return a copy with only the points that {@link RelionParticles#warnings} needs, which are few or none} */
    public RelionRun forWarnings() {
        return new RelionRun(
                tomogram,
                points.stream()
                        .filter(point -> Euler.fit(point.transform().rotation()) != Euler.Fit.ROTATION)
                        .toList(),
                polarityKnown);
    }

    /**
     * Creates a run of points that belong to filaments of unknown polarity, or to none.
     *
     * @param tomogram the known properties of the tomogram
     * @param points the points in Å; the shift of their transforms is added to their locations
     */
    public RelionRun(RelionTomogram tomogram, List<Point> points) {
        this(tomogram, points, id -> false);
    }
}
