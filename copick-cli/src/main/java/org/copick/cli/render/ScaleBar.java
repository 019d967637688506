package org.copick.cli.render;

import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * A bar of a round length. Its label is drawn with glyphs of our own, because a Java runtime without fonts, as servers
 * have it, can draw everything but text.
 *
 * @param angstrom the length of the bar
 */
record ScaleBar(double angstrom) {
    private static final int WHITE = 0xffffff;
    private static final int BLACK = 0x000000;
    private static final int GLYPH_ROWS = 5;
    private static final Map<Character, String> GLYPHS = Map.ofEntries(
            Map.entry('0', "### #.# #.# #.# ###"),
            Map.entry('1', ".#. ##. .#. .#. ###"),
            Map.entry('2', "### ..# ### #.. ###"),
            Map.entry('5', "### #.. ### ..# ###"),
            Map.entry('.', "... ... ... ... .#."),
            Map.entry(' ', "... ... ... ... ..."),
            Map.entry('n', "... ... ##. #.# #.#"),
            Map.entry('m', "..... ..... ##.#. #.#.# #.#.#"));

    /** The longest bar of 1, 2 or 5 times a power of ten that is not longer than {@code most} Å. */
    static ScaleBar fitting(double most) {
        double decade = Math.pow(10, Math.floor(Math.log10(Math.max(most, 0.1))));
        for (double factor : new double[] {5, 2}) {
            if (factor * decade <= most) {
                return new ScaleBar(factor * decade);
            }
        }
        return new ScaleBar(decade);
    }

    /** In nanometres, such as {@code 20 nm}. */
    String label() {
        double nanometres = angstrom / 10;
        return (nanometres >= 1
                        ? Long.toString(Math.round(nanometres))
                        : Double.toString(Math.round(nanometres * 1000) / 1000.0))
                + " nm";
    }

    void draw(BufferedImage image, double angstromPerPixel) {
        int length = (int) Math.round(angstrom / angstromPerPixel);
        int margin = Math.max(2, image.getHeight() / 40);
        int thickness = Math.max(2, image.getHeight() / 100);
        int size = Math.max(1, image.getHeight() / 160);
        int top = image.getHeight() - margin - thickness;
        fill(image, margin - 1, top - 1, length + 2, thickness + 2, BLACK);
        fill(image, margin, top, length, thickness, WHITE);
        int x = margin;
        for (char c : label().toCharArray()) {
            String glyph = GLYPHS.getOrDefault(c, GLYPHS.get(' '));
            x = drawGlyph(image, String.valueOf(glyph), x, top - (GLYPH_ROWS + 2) * size, size);
        }
    }

    private static int drawGlyph(BufferedImage image, String glyph, int left, int top, int size) {
        int columns = (glyph.length() + 1) / GLYPH_ROWS - 1;
        for (int color : new int[] {BLACK, WHITE}) {
            int grow = color == BLACK ? 1 : 0;
            for (int row = 0; row < GLYPH_ROWS; row++) {
                for (int column = 0; column < columns; column++) {
                    if (glyph.charAt(row * (columns + 1) + column) == '#') {
                        fill(
                                image,
                                left + column * size - grow,
                                top + row * size - grow,
                                size + 2 * grow,
                                size + 2 * grow,
                                color);
                    }
                }
            }
        }
        return left + (columns + 1) * size;
    }

    private static void fill(BufferedImage image, int left, int top, int width, int height, int color) {
        for (int y = Math.max(0, top); y < Math.min(image.getHeight(), top + height); y++) {
            for (int x = Math.max(0, left); x < Math.min(image.getWidth(), left + width); x++) {
                image.setRGB(x, y, color);
            }
        }
    }
}
