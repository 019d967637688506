package org.copick.cli.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.copick.config.Color;
import org.jspecify.annotations.Nullable;

/** A picture of a slice, with a title above it and a scale bar and legend below it. */
public final class Sheet {
    private static final int WHITE = 0xffffff;
    private static final int OUTLINE = 0x808080;

    /** Brightness, of 255, below which a legend colour gets an outline. */
    private static final int DARK = 96;

    private static final int LARGEST_LETTERS = 3;

    /** Width in pixels of a slice whose letters have scale 1. */
    private static final int WIDTH_OF_SMALL_LETTERS = 320;

    /** JPEG quality, from 0 to 1: high enough that thin circles and letters stay sharp. */
    private static final float JPEG_QUALITY = 0.95f;

    private final BufferedImage image;

    /** File format of a picture. */
    public enum Format {
        PNG,
        JPEG
    }

    /** A line of the legend: a colour and its meaning. */
    record Entry(Color color, String text) {}

    /**
     * Draws the sheet.
     *
     * @param title the parts of the title; a line that is too long is broken between parts
     */
    Sheet(SliceImage slice, List<String> title, List<Entry> legend) {
        Lettering letters = new Lettering(Math.max(
                1, Math.min(LARGEST_LETTERS, Math.round((float) slice.width() / WIDTH_OF_SMALL_LETTERS))));
        int gap = letters.height();
        List<Item> heading = new ArrayList<>();
        title.forEach(text -> heading.add(new Item(null, text, letters.width(text))));
        ScaleBar bar = ScaleBar.fitting(slice.width() * slice.angstromPerPixel() / 4);
        int barPixels = bar.pixels(slice.angstromPerPixel());
        List<Item> below = new ArrayList<>();
        below.add(new Item(null, bar.label(), barPixels + gap + letters.width(bar.label())));
        legend.forEach(entry -> below.add(new Item(entry, entry.text(), 2 * gap + letters.width(entry.text()))));
        int width = slice.width();
        for (Item item : heading) {
            width = Math.max(width, item.width + 2 * gap);
        }
        for (Item item : below) {
            width = Math.max(width, item.width + 2 * gap);
        }
        List<List<Item>> top = lines(heading, width, gap);
        List<List<Item>> bottom = lines(below, width, gap);
        int step = letters.height() + gap;
        int above = gap + top.size() * step;
        image = new BufferedImage(
                width, above + slice.height() + gap + bottom.size() * step, BufferedImage.TYPE_INT_RGB);
        slice.copyTo(image, 0, above);
        int y = gap;
        for (List<Item> line : top) {
            int x = gap;
            for (Item item : line) {
                letters.draw(image, item.text, x, y, WHITE);
                x += item.width + 2 * gap;
            }
            y += step;
        }
        y = above + slice.height() + gap;
        for (List<Item> line : bottom) {
            int x = gap;
            for (Item item : line) {
                int mark = item.entry == null ? barPixels : gap;
                int rgb = item.entry == null ? WHITE : rgb(item.entry.color());
                int height = item.entry == null ? Math.max(2, gap / 3) : gap;
                int middle = y + (letters.height() - height) / 2;
                if (item.entry != null && isDark(item.entry.color())) {
                    Lettering.fill(image, x - 1, middle - 1, mark + 2, height + 2, OUTLINE);
                }
                Lettering.fill(image, x, middle, mark, height, rgb);
                letters.draw(image, item.text, x + mark + gap, y, WHITE);
                x += item.width + 2 * gap;
            }
            y += step;
        }
    }

    /** A part of a line; the scale bar and parts of the title have no entry. */
    private record Item(@Nullable Entry entry, String text, int width) {}

    private static List<List<Item>> lines(List<Item> items, int width, int gap) {
        List<List<Item>> lines = new ArrayList<>();
        int used = width;
        for (Item item : items) {
            if (lines.isEmpty() || used + 2 * gap + item.width > width - gap) {
                lines.add(new ArrayList<>());
                used = -gap;
            }
            lines.get(lines.size() - 1).add(item);
            used += 2 * gap + item.width;
        }
        return lines;
    }

    /** Returns whether the colour is hardly visible on the black background. */
    private static boolean isDark(Color color) {
        return Math.max(color.red(), Math.max(color.green(), color.blue())) < DARK;
    }

    private static int rgb(Color color) {
        return color.red() << 16 | color.green() << 8 | color.blue();
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /** Returns the bytes of the picture file. */
    byte[] encoded(Format format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format == Format.JPEG) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(JPEG_QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory could not be written", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
