package org.copick.cli.render;

/**
 * A bar of a round length.
 *
 * @param angstrom the length of the bar in Å
 */
record ScaleBar(double angstrom) {
    /** Returns the longest bar of 1, 2 or 5 times a power of ten that is at most {@code most} Å long. */
    static ScaleBar fitting(double most) {
        double decade = Math.pow(10, Math.floor(Math.log10(Math.max(most, 0.1))));
        for (double factor : new double[] {5, 2}) {
            if (factor * decade <= most) {
                return new ScaleBar(factor * decade);
            }
        }
        return new ScaleBar(decade);
    }

    /** Returns the length in nanometres, such as {@code 20 nm}. */
    String label() {
        double nanometres = angstrom / 10;
        return (nanometres >= 1
                        ? Long.toString(Math.round(nanometres))
                        : Double.toString(Math.round(nanometres * 1000) / 1000.0))
                + " nm";
    }

    int pixels(double angstromPerPixel) {
        return Math.max(1, (int) Math.round(angstrom / angstromPerPixel));
    }
}
