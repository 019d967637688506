package org.copick.exchange;

import java.util.List;
import org.copick.picks.Point;

/**
 * The particles of one tomogram as points.
 *
 * @param points in the order of the file; those of filaments by filament and along it
 * @param source where their coordinates are from
 * @param warnings what the user should know: sizes of pixels that the file states in two ways, or not at all
 */
public record RelionPoints(List<Point> points, Source source, List<String> warnings) {
    /** The source of coordinates. */
    public enum Source {
        /** {@code rlnCenteredCoordinateXAngst} and so on, plus the tomogram's centre. */
        CENTERED,
        /** {@code rlnCoordinateX} and so on, times the pixel size of the tilt series, in RELION 3 of the tomogram. */
        PIXELS,
        /**
         * {@code rlnCoordinateX} and so on, times the voxel spacing of the tomogram, as older tools and copick before 1.28
         * wrote. RELION itself means pixels of the tilt series, so warn users of this guess.
         */
        VOXELS
    }

    /** Which coordinates may be used. */
    public enum Coordinates {
        /** Centred ones when they are there and the centre is known, else pixels. */
        AUTO,
        /** Only centred ones, as RELION 5 writes them. */
        CENTERED,
        /** Only pixels, as RELION 4 writes them. */
        PIXELS
    }

    /** Copies the lists. */
    public RelionPoints {
        points = List.copyOf(points);
        warnings = List.copyOf(warnings);
    }

    /** Points without warnings. */
    public RelionPoints(List<Point> points, Source source) {
        this(points, source, List.of());
    }
}
