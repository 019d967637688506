package org.copick.cli.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;
import org.copick.error.UnsupportedFeatureException;
import org.jspecify.annotations.Nullable;

/** A picture of one plane, with circles and labels on it; small planes are enlarged by a whole factor. */
final class SliceImage {
    /** Default length of the longer side, in pixels. */
    private static final int WANTED_PIXELS = 640;

    /** Largest width and height in pixels; larger pictures need too much memory. */
    private static final int MOST_PIXELS = 16_384;

    /** Quantile of the values that is drawn black. */
    private static final double LOW = 0.01;
    /** Quantile of the values that is drawn white. */
    private static final double HIGH = 0.99;
    /** Opacity of labels, of 255. */
    private static final int LABEL_OPACITY = 110;

    private final Plane plane;
    private final double zoom;
    private final BufferedImage image;
    private final double low;
    private final double high;

    /**
     * Draws the grey values, from black at the 1st percentile to white at the 99th.
     *
     * @param scale pixels per voxel; 0 for a whole number that makes a picture of about 640 pixels
     * @throws UnsupportedFeatureException when the picture would be too large
     */
    SliceImage(Plane plane, double scale) {
        this.plane = plane;
        this.zoom =
                scale > 0 ? scale : Math.max(1, WANTED_PIXELS / Math.max(1, Math.max(plane.rows(), plane.columns())));
        double wide = plane.columns() * zoom;
        double high = plane.rows() * zoom;
        if (wide > MOST_PIXELS || high > MOST_PIXELS) {
            throw new UnsupportedFeatureException(String.format(
                    Locale.ROOT,
                    "a picture of %.0f × %.0f pixels is too large; choose a smaller --scale or a coarser --level",
                    wide,
                    high));
        }
        this.image = new BufferedImage(
                Math.max(1, (int) Math.round(wide)), Math.max(1, (int) Math.round(high)), BufferedImage.TYPE_INT_RGB);
        float[] sorted = finite(plane.values());
        Arrays.sort(sorted);
        low = sorted.length == 0 ? 0 : sorted[(int) (LOW * (sorted.length - 1))];
        this.high = sorted.length == 0 ? 0 : sorted[(int) Math.ceil(HIGH * (sorted.length - 1))];
        for (int row = 0; row < image.getHeight(); row++) {
            for (int column = 0; column < image.getWidth(); column++) {
                int grey = grey(mean(row, column));
                image.setRGB(column, row, grey << 16 | grey << 8 | grey);
            }
        }
    }

    /** Returns the mean of the voxels that a pixel covers, which is one voxel unless the picture is reduced. */
    private float mean(int row, int column) {
        int firstRow = Math.min(plane.rows() - 1, (int) (row / zoom));
        int firstColumn = Math.min(plane.columns() - 1, (int) (column / zoom));
        int lastRow = Math.max(firstRow + 1, Math.min(plane.rows(), (int) ((row + 1) / zoom)));
        int lastColumn = Math.max(firstColumn + 1, Math.min(plane.columns(), (int) ((column + 1) / zoom)));
        if (zoom >= 1) {
            return plane.values()[firstRow * plane.columns() + firstColumn];
        }
        double sum = 0;
        for (int r = firstRow; r < lastRow; r++) {
            for (int c = firstColumn; c < lastColumn; c++) {
                sum += plane.values()[r * plane.columns() + c];
            }
        }
        return (float) (sum / ((lastRow - firstRow) * (double) (lastColumn - firstColumn)));
    }

    /** Returns the value that is drawn black. */
    double low() {
        return low;
    }

    /** Returns the value that is drawn white. */
    double high() {
        return high;
    }

    /**
     * Draws the circle in which a sphere cuts the plane, if it does.
     *
     * @param zyx the centre in Å, in array order
     * @param radius the radius in Å
     * @return whether the sphere cuts the plane
     */
    boolean drawSphere(double[] zyx, double radius, org.copick.config.Color color) {
        double distance = Math.abs(zyx[plane.axis()] - plane.position());
        if (!(distance <= radius)) {
            return false;
        }
        double cut = Math.sqrt(radius * radius - distance * distance);
        double column = pixel(zyx[plane.columnAxis()], plane.voxel()[plane.columnAxis()]);
        double row = pixel(zyx[plane.rowAxis()], plane.voxel()[plane.rowAxis()]);
        double across = Math.max(2, cut / plane.voxel()[plane.columnAxis()] * zoom);
        double down = Math.max(2, cut / plane.voxel()[plane.rowAxis()] * zoom);
        Graphics2D graphics = graphics();
        graphics.setColor(new Color(color.red(), color.green(), color.blue()));
        graphics.setStroke(new BasicStroke(2));
        graphics.draw(new Ellipse2D.Double(column - across, row - down, 2 * across, 2 * down));
        graphics.dispose();
        return true;
    }

    /**
     * Lays labels over the picture.
     *
     * @param labels the labels in the same plane, at any resolution
     * @param colors returns the colour of a label, or null to leave it out
     */
    void drawLabels(Plane labels, LongFunction<org.copick.config.@Nullable Color> colors) {
        double rowStep = plane.voxel()[plane.rowAxis()] / labels.voxel()[labels.rowAxis()];
        double columnStep = plane.voxel()[plane.columnAxis()] / labels.voxel()[labels.columnAxis()];
        for (int row = 0; row < image.getHeight(); row++) {
            int labelRow = (int) ((row + 0.5) / zoom * rowStep);
            for (int column = 0; column < image.getWidth() && labelRow < labels.rows(); column++) {
                int labelColumn = (int) ((column + 0.5) / zoom * columnStep);
                if (labelColumn < labels.columns()) {
                    long label = (long) labels.values()[labelRow * labels.columns() + labelColumn];
                    var color = label == 0 ? null : colors.apply(label);
                    if (color != null) {
                        image.setRGB(column, row, blended(image.getRGB(column, row), color));
                    }
                }
            }
        }
    }

    /** Returns the width of a pixel in Å. */
    double angstromPerPixel() {
        return plane.voxel()[plane.columnAxis()] / zoom;
    }

    void copyTo(BufferedImage sheet, int left, int top) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            sheet.setRGB(left, top + y, row.length, 1, row, 0, row.length);
        }
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    private int grey(float value) {
        if (!(high > low)) {
            return Float.isFinite(value) ? 128 : 0;
        }
        double scaled = (value - low) / (high - low);
        return scaled >= 1 ? 255 : scaled > 0 ? (int) (scaled * 255) : 0;
    }

    /** Returns the pixel coordinate of a location in Å; index × voxel size is the centre of a voxel. */
    private double pixel(double angstrom, double voxel) {
        return (angstrom / voxel + 0.5) * zoom;
    }

    private Graphics2D graphics() {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }

    private static int blended(int rgb, org.copick.config.Color over) {
        return blended(rgb >> 16 & 0xff, over.red()) << 16
                | blended(rgb >> 8 & 0xff, over.green()) << 8
                | blended(rgb & 0xff, over.blue());
    }

    private static int blended(int below, int above) {
        return (below * (255 - LABEL_OPACITY) + above * LABEL_OPACITY) / 255;
    }

    private static float[] finite(float[] values) {
        float[] kept = new float[values.length];
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                kept[count++] = value;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
