package org.copick.exchange;

/**
 * Options for writing particles.
 *
 * @param filaments whether to write the columns for filaments: the tube, the length along it, and how well its
 *     direction is known
 * @param angles the form of the rotations of filament particles; no effect without {@code filaments}
 * @param centeredOnly whether to write only centred coordinates, which requires known centres
 * @param optics whether to write an optics table if the pixel size of the tilt series is known
 * @param halfSets whether to write {@code rlnRandomSubset}, by whole filament; requires {@code filaments}
 */
public record RelionOptions(boolean filaments, Angles angles, boolean centeredOnly, boolean optics, boolean halfSets) {
    /** No filaments, all coordinates that are known, and optics. */
    public static final RelionOptions DEFAULT = new RelionOptions(false, Angles.FRAME, false, true, false);

    /** The form of the rotations of filament particles. */
    public enum Angles {
        /** RELION's form: the filament's frame as subtomogram angles, particle angles 0, 90, 0, and priors. */
        FRAME,
        /** The rotation as particle angles, for registered poses. */
        POSE
    }

    /**
     * Checks the options.
     *
     * @param filaments whether to write the columns for filaments
     * @param angles the form of the rotations of filament particles
     * @param centeredOnly whether to write only centred coordinates
     * @param optics whether to write an optics table
     * @param halfSets whether to write half sets of whole filaments
     * @throws IllegalArgumentException if half sets are requested without filaments
     */
    public RelionOptions {
        if (halfSets && !filaments) {
            throw new IllegalArgumentException(
                    "half sets are made of whole filaments; write the filament columns, too");
        }
    }

    /**
     * {@return these options with the columns for filaments}
     *
     * @param angles the form of the rotations of filament particles
     */
    public RelionOptions withFilaments(Angles angles) {
        return new RelionOptions(true, angles, centeredOnly, optics, halfSets);
    }

    /**
     * {@return these options with only centred coordinates, or with all known ones}
     *
     * @param centeredOnly whether to write only centred coordinates, which requires known centres
     */
    public RelionOptions withCenteredOnly(boolean centeredOnly) {
        return new RelionOptions(filaments, angles, centeredOnly, optics, halfSets);
    }

    /**
     * {@return these options with or without an optics table}
     *
     * @param optics whether to write an optics table if the pixel size of the tilt series is known
     */
    public RelionOptions withOptics(boolean optics) {
        return new RelionOptions(filaments, angles, centeredOnly, optics, halfSets);
    }

    /**
     * {@return these options with or without half sets of whole filaments}
     *
     * @param halfSets whether to write {@code rlnRandomSubset}
     * @throws IllegalArgumentException if half sets are requested without filaments
     */
    public RelionOptions withHalfSets(boolean halfSets) {
        return new RelionOptions(filaments, angles, centeredOnly, optics, halfSets);
    }
}
