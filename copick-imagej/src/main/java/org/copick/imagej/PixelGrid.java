package org.copick.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import java.math.BigDecimal;
import java.util.Arrays;
import org.copick.error.InvalidDataException;

/**
 * Converts positions in Å to coordinates of ImageJ, along x, y and z, and back.
 *
 * <p>The coordinate of a point selection is 3.0 at the centre of pixel 3, as the position is 3 × voxel size there. Along
 * z, coordinates are numbers of planes from 0.
 *
 * @param size the size of a pixel in Å
 * @param origin the pixel at position 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PixelGrid(double[] size, double[] origin) {
    private static final String UNIT = "nm";

    /** Powers of ten of the units, in Å. */
    private static final int NANOMETRE = 1;

    private static final int MICROMETRE = 4;

    /** Returns the calibration of voxels of a size in Å, along z, y and x. */
    static Calibration calibration(double[] zyx) {
        Calibration calibration = new Calibration();
        calibration.setUnit(UNIT);
        calibration.pixelWidth = shifted(zyx[2], -NANOMETRE);
        calibration.pixelHeight = shifted(zyx[1], -NANOMETRE);
        calibration.pixelDepth = shifted(zyx[0], -NANOMETRE);
        return calibration;
    }

    static PixelGrid of(ImagePlus image) {
        Calibration calibration = image.getCalibration();
        double[] size = {
            angstrom(calibration.pixelWidth, calibration.getXUnit(), image),
            angstrom(calibration.pixelHeight, calibration.getYUnit(), image),
            angstrom(calibration.pixelDepth, calibration.getZUnit(), image)
        };
        double[] origin = {calibration.xOrigin, calibration.yOrigin, calibration.zOrigin};
        if (!Arrays.stream(origin).allMatch(Double::isFinite)) {
            throw new InvalidDataException("the image \"" + image.getTitle() + "\" has the origin "
                    + Arrays.toString(origin) + "; correct it under Image > Properties");
        }
        return new PixelGrid(size, origin);
    }

    double pixel(int axis, double angstrom) {
        return angstrom / size[axis] + origin[axis];
    }

    double angstrom(int axis, double pixel) {
        return (pixel - origin[axis]) * size[axis];
    }

    private static double angstrom(double length, String unit, ImagePlus image) {
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new InvalidDataException("the image \"" + image.getTitle() + "\" has pixels of " + length + " " + unit
                    + "; correct the size under Image > Properties");
        }
        if (unit.equals(UNIT)) {
            return shifted(length, NANOMETRE);
        } else if (unit.equals(String.valueOf(IJ.angstromSymbol)) || unit.equals("angstrom")) {
            return length;
        } else if (unit.equals("\u00b5m") || unit.equals("micron")) {
            return shifted(length, MICROMETRE);
        }
        throw new InvalidDataException("the image \"" + image.getTitle() + "\" has pixels of " + length + " " + unit
                + "; set the size in nm, Å or µm under Image > Properties");
    }

    /** Moves the decimal point, so that 7.84 Å are 0.784 nm, and these are 7.84 Å again. */
    private static double shifted(double length, int power) {
        return BigDecimal.valueOf(length).scaleByPowerOfTen(power).doubleValue();
    }
}
