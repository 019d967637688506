package org.copick.exchange;

import java.util.List;
import org.copick.picks.Point;

/**
 * The particles of one tomogram as points.
 *
 * @param points the points in the order of the file; those of filaments by filament and along it
 * @param source the source of their coordinates
 * @param warnings warnings for the user about pixel sizes that the file states twice, or not at all
 */
public record RelionPoints(List<Point> points, Source source, List<String> warnings) {
    /** The source of coordinates. */
    public enum Source {
        /** {@code rlnCenteredCoordinateXAngst} and so on, plus the tomogram's centre. */
        CENTERED,
        /**
         * {@code rlnCoordinateX} and so on, times the pixel size of the tilt series, or in RELION 3 of the tomogram.
         */
        PIXELS,
        /**
         * {@code rlnCoordinateX} and so on, times the voxel spacing of the tomogram.
         *
         * <p>Older tools and copick before 1.28 wrote such coordinates. RELION itself uses pixels of the tilt series,
         * so users must be warned about this guess.
         */
        VOXELS
    }

    /** The coordinates that may be used. */
    public enum Coordinates {
        /** Centred ones if the file has them and the centre is known, otherwise pixels. */
        AUTO,
        /** Centred ones only, as RELION 5 writes them. */
        CENTERED,
        /** Pixels only, as RELION 4 writes them. */
        PIXELS
    }

    /**
     * Copies the lists.
     *
     * @param points the points in the order of the file
     * @param source the source of their coordinates
     * @param warnings warnings for the user, possibly none
     */
    public RelionPoints {
        points = List.copyOf(points);
        warnings = List.copyOf(warnings);
    }

    /**
     * Creates points without warnings.
     *
     * @param points the points in the order of the file
     * @param source the source of their coordinates
     */
    public RelionPoints(List<Point> points, Source source) {
        this(points, source, List.of());
    }
}
