package org.copick.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pixel sizes in the columns of the particles or of their optics groups.
 *
 * <p>In RELION 4 and 5, coordinates are pixels of the tilt series. Their size is the first existing of {@code
 * rlnTomoTiltSeriesPixelSize}, {@code rlnMicrographOriginalPixelSize}, {@code rlnImagePixelSize} over {@code
 * rlnTomoSubtomogramBinning}, and {@code rlnDetectorPixelSize} (in µm) over {@code rlnMagnification}. Before RELION 4
 * they were pixels of the tomogram. For these files, {@code rlnMicrographPixelSize} has the second place in that list,
 * and {@code rlnPixelSize} and {@code rlnImagePixelSize} are at its end.
 *
 * <p>Shifts in pixels are those of particle images: {@code rlnImagePixelSize}, {@code rlnPixelSize}, or detector and
 * magnification.
 */
final class RelionPixels {
    private static final String IMAGE = "rlnImagePixelSize";
    private static final String PIXEL = "rlnPixelSize";
    private static final String MICROGRAPH = "rlnMicrographPixelSize";
    private static final String ORIGINAL = "rlnMicrographOriginalPixelSize";
    private static final String DETECTOR = "rlnDetectorPixelSize";
    private static final String MAGNIFICATION = "rlnMagnification";
    private static final String BINNING = "rlnTomoSubtomogramBinning";
    private static final double ANGSTROMS_OF_MICROMETRE = 1e4;

    /** Relative tolerance, because sizes are often written with four digits. */
    private static final double TOLERANCE = 1e-3;

    /**
     * The pixel size of each particle, in Å.
     *
     * @param source the columns, for messages
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sizes(double[] ofRows, String source) {
        boolean agree(Sizes other) {
            for (int i = 0; i < ofRows.length; i++) {
                if (Math.abs(ofRows[i] - other.ofRows[i]) > TOLERANCE * ofRows[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Table particles;
    private final @Nullable Table optics;
    private final List<String> warnings = new ArrayList<>();

    RelionPixels(Table particles, Optional<Table> optics) {
        this.particles = particles;
        this.optics = optics.filter(table -> table.rows() > 0).orElse(null);
    }

    /** Returns warnings about the sizes requested so far. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Returns the pixel sizes of coordinates, or null if the file does not state them. */
    @Nullable Sizes ofCoordinates() {
        Sizes tiltSeries = column(RelionTomogram.PIXEL_SIZE);
        if (tiltSeries != null) {
            return tiltSeries;
        }
        List<Sizes> known = new ArrayList<>();
        boolean version3 = RelionNames.isVersion3(particles);
        if (version3) {
            add(known, column(MICROGRAPH));
        }
        add(known, column(ORIGINAL));
        add(known, unbinned());
        add(known, magnified());
        if (version3) {
            add(known, column(PIXEL));
            add(known, column(IMAGE));
        }
        if (known.isEmpty()) {
            return null;
        }
        Sizes used = known.get(0);
        if (used.source().equals(IMAGE) && used.ofRows().length > 0) {
            warnings.add("coordinates were read as pixels of the images, " + DecimalText.plain(used.ofRows()[0])
                    + " Å (" + IMAGE + "), because no column states the pixel size of the tomogram");
        }
        for (Sizes other : known) {
            if (used.ofRows().length > 0 && !used.agree(other)) {
                warnings.add("coordinates were read as pixels of " + DecimalText.plain(used.ofRows()[0]) + " Å ("
                        + used.source() + "), not of " + DecimalText.plain(other.ofRows()[0]) + " Å (" + other.source()
                        + ")");
            }
        }
        return used;
    }

    /**
     * Returns the pixel sizes of particle images, in which RELION 3 has shifts, or null if the file does not state
     * them.
     */
    @Nullable Sizes ofImages() {
        Sizes image = column(IMAGE);
        Sizes pixel = image != null ? image : column(PIXEL);
        return pixel != null ? pixel : magnified();
    }

    /**
     * Refuses a detector's pixel size without a magnification, and a magnification without a detector's pixel size.
     *
     * @throws org.copick.error.CorruptDataException if one is missing; the message names both columns
     */
    void requireWhole() {
        boolean detector = column(DETECTOR) != null;
        if (detector != (column(MAGNIFICATION) != null)) {
            throw particles.refusal("the pixel size is " + DETECTOR + " (in µm) divided by " + MAGNIFICATION + ", but "
                    + (detector ? MAGNIFICATION : DETECTOR) + " is missing; add it, or give the pixel size");
        }
    }

    private static void add(List<Sizes> known, @Nullable Sizes sizes) {
        if (sizes != null) {
            known.add(sizes);
        }
    }

    private @Nullable Sizes magnified() {
        Sizes detector = column(DETECTOR);
        Sizes magnification = column(MAGNIFICATION);
        if (detector == null || magnification == null) {
            return null;
        }
        double[] sizes = new double[particles.rows()];
        Arrays.setAll(
                sizes,
                i -> detector.ofRows()[i]
                        * ANGSTROMS_OF_MICROMETRE
                        / magnification.ofRows()[i]);
        return new Sizes(sizes, DETECTOR + " and " + MAGNIFICATION);
    }

    private @Nullable Sizes unbinned() {
        Sizes image = column(IMAGE);
        Sizes binning = column(BINNING);
        if (image == null || binning == null) {
            return null;
        }
        double[] sizes = new double[particles.rows()];
        Arrays.setAll(sizes, i -> image.ofRows()[i] / binning.ofRows()[i]);
        return new Sizes(sizes, IMAGE + " and " + BINNING);
    }

    /** Returns a column of the particles, otherwise that of their optics groups. */
    private @Nullable Sizes column(String name) {
        if (particles.has(name)) {
            return new Sizes(particles.positive(name), name);
        }
        if (optics == null || !optics.has(name)) {
            return null;
        }
        double[] ofGroups = optics.positive(name);
        double[] sizes = new double[particles.rows()];
        String groupColumn = groupColumn(optics);
        if (groupColumn == null) {
            if (ofGroups.length > 1) {
                throw particles.refusal("there are several optics groups, but particles cannot be assigned to them:"
                        + " both blocks need " + RelionReader.GROUP + " or " + RelionReader.GROUP_NAME);
            }
            Arrays.fill(sizes, ofGroups[0]);
            return new Sizes(sizes, name);
        }
        List<?> groups = groups(optics, groupColumn);
        List<?> groupsOfRows = groups(particles, groupColumn);
        Map<Object, Double> byGroup = new HashMap<>();
        for (int i = 0; i < ofGroups.length; i++) {
            Double other = byGroup.putIfAbsent(groups.get(i), ofGroups[i]);
            if (other != null && other != ofGroups[i]) {
                throw optics.refusal("the optics group " + groups.get(i) + " is listed twice, with " + name + " "
                        + DecimalText.plain(other) + " and " + DecimalText.plain(ofGroups[i])
                        + "; remove the wrong row");
            }
        }
        for (int i = 0; i < sizes.length; i++) {
            Double size = byGroup.get(groupsOfRows.get(i));
            if (size == null) {
                throw particles.refusal("row " + (i + 1) + " belongs to the optics group " + groupsOfRows.get(i)
                        + ", which is missing from the block optics; add it, or give the pixel size");
            }
            sizes[i] = size;
        }
        return new Sizes(sizes, name);
    }

    /** Returns the column that assigns particles to optics groups, or null if one of the tables has none. */
    private @Nullable String groupColumn(Table groups) {
        for (String column : List.of(RelionReader.GROUP, RelionReader.GROUP_NAME)) {
            if (particles.has(column) && groups.has(column)) {
                return column;
            }
        }
        return null;
    }

    private static List<?> groups(Table table, String column) {
        return column.equals(RelionReader.GROUP)
                ? Arrays.stream(table.longs(column)).boxed().toList()
                : table.strings(column);
    }
}
