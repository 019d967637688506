package org.copick.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names of tomograms in STAR files.
 *
 * <p>RELION 4 and 5 have {@code rlnTomoName}. RELION 3 and Warp have {@code rlnMicrographName}, the path of the
 * tomogram.
 */
final class RelionNames {
    static final String TOMOGRAM = "rlnTomoName";
    static final String MICROGRAPH = "rlnMicrographName";

    private static final String WARP = ".tomostar";

    /** File name extensions of volumes and tilt series. */
    private static final Pattern ENDING =
            Pattern.compile("\\.(?:tomostar|mrcs?|rec|map|st|ali|em|hdf)$", Pattern.CASE_INSENSITIVE);

    private RelionNames() {}

    /** Returns whether particles are named as in RELION 3 and Warp. */
    static boolean isVersion3(Table particles) {
        return !particles.has(TOMOGRAM);
    }

    /** Returns whether Warp named a tomogram. */
    static boolean isWarp(Table particles) {
        String column = isVersion3(particles) ? MICROGRAPH : TOMOGRAM;
        return particles.has(column) && particles.strings(column).stream().anyMatch(name -> name.endsWith(WARP));
    }

    /**
     * Returns the tomogram of each particle; empty if the file does not name them.
     *
     * @throws org.copick.error.CorruptDataException if two files in different folders would become one tomogram
     */
    static List<String> of(Table particles) {
        if (particles.has(TOMOGRAM)) {
            return particles.strings(TOMOGRAM).stream()
                    .map(RelionNames::tomogram)
                    .toList();
        }
        if (!particles.has(MICROGRAPH)) {
            return List.of();
        }
        Map<String, String> files = new HashMap<>();
        List<String> names = new ArrayList<>(particles.rows());
        for (String file : particles.strings(MICROGRAPH)) {
            String name = stem(file);
            String other = files.putIfAbsent(name, file);
            if (other != null && !other.equals(file)) {
                throw particles.refusal(MICROGRAPH + " names " + other + " and " + file
                        + ", which would both be the run " + name + "; import them from files of their own");
            }
            names.add(name);
        }
        return names;
    }

    /** Returns the tomogram of an {@code rlnTomoName}, without the extension that WarpTools adds. */
    static String tomogram(String cell) {
        return cell.endsWith(WARP) ? cell.substring(0, cell.length() - WARP.length()) : cell;
    }

    private static String stem(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        String shorter = ENDING.matcher(name).replaceFirst("");
        while (!shorter.isEmpty() && !shorter.equals(name)) {
            name = shorter;
            shorter = ENDING.matcher(name).replaceFirst("");
        }
        return name;
    }
}
