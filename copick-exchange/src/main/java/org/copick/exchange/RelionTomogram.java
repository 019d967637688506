package org.copick.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/**
 * The known properties of a tomogram; unknown ones are null.
 *
 * @param name RELION's {@code rlnTomoName}, copick's run
 * @param center the centre of the volume, in Å from its corner
 * @param pixelSize the pixel size of the tilt series in Å, the unit of {@code rlnCoordinateX}, {@code Y} and {@code Z}
 * @param voxelSpacing the voxel spacing in Å; the unit of pixels if nothing else is known
 * @param voltage the voltage in kV
 * @param sphericalAberration the spherical aberration in mm
 * @param amplitudeContrast the amplitude contrast, a fraction
 */
public record RelionTomogram(
        String name,
        @Nullable Center center,
        @Nullable Double pixelSize,
        @Nullable Double voxelSpacing,
        @Nullable Double voltage,
        @Nullable Double sphericalAberration,
        @Nullable Double amplitudeContrast) {
    private static final String SIZE = "rlnTomoSize";
    static final String PIXEL_SIZE = "rlnTomoTiltSeriesPixelSize";
    static final String VOLTAGE = "rlnVoltage";
    static final String ABERRATION = "rlnSphericalAberration";
    static final String CONTRAST = "rlnAmplitudeContrast";

    /**
     * A position in Å from the corner of the volume.
     *
     * @param x the distance along x in Å
     * @param y the distance along y in Å
     * @param z the distance along z in Å
     */
    public record Center(double x, double y, double z) {
        /**
         * Checks the numbers.
         *
         * @param x the distance along x in Å
         * @param y the distance along y in Å
         * @param z the distance along z in Å
         * @throws IllegalArgumentException if they are not finite
         */
        public Center {
            if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
                throw new IllegalArgumentException("the centre of a tomogram cannot be at " + x + ", " + y + ", " + z);
            }
        }

        private static Center of(double x, double y, double z, double size) {
            return new Center(
                    Decimals.product(x / 2, size), Decimals.product(y / 2, size), Decimals.product(z / 2, size));
        }

        /**
         * {@return the centre of an array: half its length along each axis}
         *
         * @param shape the number of elements along z, y, x
         * @param voxelSize the voxel size along all axes, in Å
         * @throws IllegalArgumentException if the shape does not have three axes, or the centre is not finite
         */
        public static Center of(long[] shape, double voxelSize) {
            if (shape.length != 3) {
                throw new IllegalArgumentException("a volume has three axes, not " + shape.length);
            }
            return of((double) shape[2], (double) shape[1], (double) shape[0], voxelSize);
        }
    }

    /**
     * Checks the sizes.
     *
     * @param name the name of the tomogram
     * @param center the centre of the volume in Å, or null
     * @param pixelSize the pixel size of the tilt series in Å, or null
     * @param voxelSpacing the voxel spacing in Å, or null
     * @param voltage the voltage in kV, or null
     * @param sphericalAberration the spherical aberration in mm, or null
     * @param amplitudeContrast the amplitude contrast, or null
     * @throws IllegalArgumentException if a size is not positive
     */
    public RelionTomogram {
        check(pixelSize);
        check(voxelSpacing);
    }

    static void check(@Nullable Double size) {
        if (size != null && !(size > 0 && size < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a pixel or voxel size cannot be " + size + " Å");
        }
    }

    /**
     * {@return a tomogram of which only the name is known}
     *
     * @param name RELION's {@code rlnTomoName}, copick's run, such as {@code TS_001}
     */
    public static RelionTomogram named(String name) {
        return new RelionTomogram(name, null, null, null, null, null, null);
    }

    /**
     * {@return this tomogram with another centre, or with none}
     *
     * @param center the centre of the volume in Å from its corner, or null
     */
    public RelionTomogram withCenter(@Nullable Center center) {
        return new RelionTomogram(
                name, center, pixelSize, voxelSpacing, voltage, sphericalAberration, amplitudeContrast);
    }

    /**
     * {@return this tomogram with another pixel size of the tilt series, or with none}
     *
     * @param pixelSize the pixel size in Å, above 0, or null
     * @throws IllegalArgumentException if the pixel size is not positive
     */
    public RelionTomogram withPixelSize(@Nullable Double pixelSize) {
        return new RelionTomogram(
                name, center, pixelSize, voxelSpacing, voltage, sphericalAberration, amplitudeContrast);
    }

    /**
     * {@return this tomogram with another voxel spacing, or with none}
     *
     * @param voxelSpacing the voxel spacing in Å, above 0, or null
     * @throws IllegalArgumentException if the voxel spacing is not positive
     */
    public RelionTomogram withVoxelSpacing(@Nullable Double voxelSpacing) {
        return new RelionTomogram(
                name, center, pixelSize, voxelSpacing, voltage, sphericalAberration, amplitudeContrast);
    }

    /**
     * Reads the tomograms of RELION's {@code tomograms.star}.
     *
     * <p>They are in the block {@code global}, otherwise in the first block. The centre is half of {@code
     * rlnTomoSizeX}, {@code Y} and {@code Z} times {@code rlnTomoTiltSeriesPixelSize}. Columns of optics are read if
     * they exist.
     *
     * @param star the content of {@code tomograms.star}
     * @return the tomograms by name, in the order of the file; their voxel spacing is unknown
     * @throws CorruptDataException if a column is missing, a cell is not a finite number, a pixel size is not positive,
     *     or a name appears twice
     */
    public static Map<String, RelionTomogram> readAll(StarFile star) {
        Table table = star.block("global")
                .orElseGet(() -> star.blocks().values().iterator().next());
        table.require("tomograms", "rlnTomoName", SIZE + "X", SIZE + "Y", SIZE + "Z", PIXEL_SIZE);
        List<String> names = table.strings("rlnTomoName");
        double[] x = table.finite(SIZE + "X");
        double[] y = table.finite(SIZE + "Y");
        double[] z = table.finite(SIZE + "Z");
        double[] pixelSizes = table.positive(PIXEL_SIZE);
        double @Nullable [] voltages = optional(table, VOLTAGE);
        double @Nullable [] aberrations = optional(table, ABERRATION);
        double @Nullable [] contrasts = optional(table, CONTRAST);
        Map<String, RelionTomogram> tomograms = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            double size = pixelSizes[i];
            RelionTomogram tomogram = new RelionTomogram(
                    RelionNames.tomogram(names.get(i)),
                    center(x[i], y[i], z[i], size, table),
                    size,
                    null,
                    at(voltages, i),
                    at(aberrations, i),
                    at(contrasts, i));
            if (tomograms.putIfAbsent(tomogram.name(), tomogram) != null) {
                throw table.refusal("the tomogram " + tomogram.name() + " is listed twice");
            }
        }
        return tomograms;
    }

    private static Center center(double x, double y, double z, double size, Table table) {
        try {
            return Center.of(x, y, z, size);
        } catch (IllegalArgumentException e) {
            throw table.refusal("a pixel size of " + size + " Å with these sizes exceeds the range of doubles");
        }
    }

    private static double @Nullable [] optional(Table table, String column) {
        return table.has(column) ? table.finite(column) : null;
    }

    private static @Nullable Double at(double @Nullable [] column, int row) {
        return column == null ? null : Double.valueOf(column[row]);
    }
}
