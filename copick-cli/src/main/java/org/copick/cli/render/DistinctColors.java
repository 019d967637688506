package org.copick.cli.render;

import java.util.ArrayList;
import java.util.List;
import org.copick.config.Color;

/**
 * A supply of colours, each as far as possible from all taken colours.
 *
 * <p>Distances are measured in CIE L*a*b*, in which equal distances look equally different. The order is deterministic.
 */
final class DistinctColors {
    /** Saturation and brightness of the rings of hues that supply candidates. */
    private static final float[][] RINGS = {{0.75f, 1}, {1, 0.7f}, {0.45f, 1}, {0.6f, 0.8f}, {1, 1}, {0.35f, 0.75f}};

    private static final int HUES = 24;

    /** Least lightness of a candidate, from 0 to 100; darker colours are hard to see on a slice. */
    private static final double DARKEST = 40;

    private final List<Color> candidates;
    private final List<double[]> taken = new ArrayList<>();

    /** Creates a supply from a palette, whose first colour comes first, and rings of hues. */
    DistinctColors(List<Color> palette) {
        candidates = new ArrayList<>(palette);
        for (float[] ring : RINGS) {
            for (int hue = 0; hue < HUES; hue++) {
                int rgb = java.awt.Color.HSBtoRGB((float) hue / HUES, ring[0], ring[1]);
                Color color = new Color(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, 255);
                if (lab(color)[0] >= DARKEST) {
                    candidates.add(color);
                }
            }
        }
    }

    /** Marks a colour as taken. */
    void take(Color color) {
        taken.add(lab(color));
    }

    /** Takes and returns the colour that is farthest from all taken ones. */
    Color next() {
        Color best = candidates.get(0);
        double farthest = -1;
        for (Color candidate : candidates) {
            double[] lab = lab(candidate);
            double nearest = Double.MAX_VALUE;
            for (double[] other : taken) {
                nearest = Math.min(nearest, distance(lab, other));
            }
            if (nearest > farthest) {
                farthest = nearest;
                best = candidate;
            }
        }
        take(best);
        return best;
    }

    /** Returns how different two colours look; differences below about 2 are invisible. */
    static double distance(Color one, Color other) {
        return distance(lab(one), lab(other));
    }

    private static double distance(double[] one, double[] other) {
        return Math.sqrt((one[0] - other[0]) * (one[0] - other[0])
                + (one[1] - other[1]) * (one[1] - other[1])
                + (one[2] - other[2]) * (one[2] - other[2]));
    }

    /** Converts sRGB under daylight (D65) to L*a*b*: lightness, green–red, blue–yellow. */
    private static double[] lab(Color color) {
        double red = linear(color.red());
        double green = linear(color.green());
        double blue = linear(color.blue());
        double x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
        double y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        double z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int part) {
        double portion = part / 255.0;
        return portion <= 0.04045 ? portion / 12.92 : Math.pow((portion + 0.055) / 1.055, 2.4);
    }

    private static double root(double value) {
        return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116.0;
    }
}
