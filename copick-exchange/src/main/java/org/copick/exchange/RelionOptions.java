package org.copick.exchange;

/**
 * How particles are written.
 *
 * @param filaments whether there are columns for filaments: tube, length along it, how far its direction is known
 * @param angles how the rotations of filament particles are written; of no meaning without {@code filaments}
 * @param centeredOnly whether only centred coordinates are written, and must be known
 * @param optics whether an optics table is written when the pixel size of the tilt series is known
 * @param halfSets whether {@code rlnRandomSubset} is written, by whole filament; needs {@code filaments}
 */
public record RelionOptions(boolean filaments, Angles angles, boolean centeredOnly, boolean optics, boolean halfSets) {
    /** No filaments, all coordinates that are known, and optics. */
    public static final RelionOptions DEFAULT = new RelionOptions(false, Angles.FRAME, false, true, false);

    /** How the rotations of filament particles are written. */
    public enum Angles {
        /** RELION's way: the filament's frame as subtomogram angles, particle angles 0, 90, 0 and priors. */
        FRAME,
        /** The rotation as particle angles, for registered poses. */
        POSE
    }

    /**
     * Checks that half sets have filaments.
     *
     * @throws IllegalArgumentException when they have not
     */
    public RelionOptions {
        if (halfSets && !filaments) {
            throw new IllegalArgumentException(
                    "half sets are made of whole filaments; write the filament columns, too");
        }
    }

    /** The same options with columns for filaments. */
    public RelionOptions withFilaments(Angles angles) {
        return new RelionOptions(true, angles, centeredOnly, optics, halfSets);
    }

    /** The same options, with or without anything but centred coordinates. */
    public RelionOptions withCenteredOnly(boolean centeredOnly) {
        return new RelionOptions(filaments, angles, centeredOnly, optics, halfSets);
    }

    /** The same options, with or without an optics table. */
    public RelionOptions withOptics(boolean optics) {
        return new RelionOptions(filaments, angles, centeredOnly, optics, halfSets);
    }

    /** The same options, with or without half sets of whole filaments. */
    public RelionOptions withHalfSets(boolean halfSets) {
        return new RelionOptions(filaments, angles, centeredOnly, optics, halfSets);
    }
}
