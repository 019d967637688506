package org.copick.cli.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.LongFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** The picture of one plane, with what is drawn on it. Small planes are enlarged by a whole factor. */
public final class SliceImage {
    private static final int WANTED_PIXELS = 640;
    private static final double LOW = 0.01;
    private static final double HIGH = 0.99;
    private static final int LABEL_OPACITY = 110;

    /** High enough that thin circles and letters stay sharp. */
    private static final float JPEG_QUALITY = 0.95f;

    /** What a picture is stored as. */
    public enum Format {
        PNG,
        JPEG
    }

    private final Plane plane;
    private final int zoom;
    private final BufferedImage image;
    private final double low;
    private final double high;

    /** Draws the grey values, from black at the 1st percentile to white at the 99th. */
    public SliceImage(Plane plane) {
        this.plane = plane;
        this.zoom = Math.max(1, WANTED_PIXELS / Math.max(1, Math.max(plane.rows(), plane.columns())));
        this.image = new BufferedImage(
                Math.max(1, plane.columns() * zoom), Math.max(1, plane.rows() * zoom), BufferedImage.TYPE_INT_RGB);
        float[] sorted = finite(plane.values());
        Arrays.sort(sorted);
        low = sorted.length == 0 ? 0 : sorted[(int) (LOW * (sorted.length - 1))];
        high = sorted.length == 0 ? 0 : sorted[(int) Math.ceil(HIGH * (sorted.length - 1))];
        for (int row = 0; row < image.getHeight(); row++) {
            for (int column = 0; column < image.getWidth(); column++) {
                int grey = grey(plane.values()[row / zoom * plane.columns() + column / zoom]);
                image.setRGB(column, row, grey << 16 | grey << 8 | grey);
            }
        }
    }

    /** The value that is drawn black. */
    public double low() {
        return low;
    }

    /** The value that is drawn white. */
    public double high() {
        return high;
    }

    /**
     * Draws the circle in which a sphere cuts the plane; nothing where it does not reach it.
     *
     * @param zyx the centre in Å, in array order
     * @param radius in Å
     * @return whether anything was drawn
     */
    public boolean drawSphere(double[] zyx, double radius, org.copick.config.Color color) {
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
     * @param colors the colour of each label; null for none
     */
    public void drawLabels(Plane labels, LongFunction<org.copick.config.@Nullable Color> colors) {
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

    /** Draws a bar of a round length at the lower left, with its length in nanometres. */
    public void drawScaleBar() {
        double angstromPerPixel = plane.voxel()[plane.columnAxis()] / zoom;
        ScaleBar.fitting(image.getWidth() * angstromPerPixel / 4).draw(image, angstromPerPixel);
    }

    public int width() {
        return image.getWidth();
    }

    public int height() {
        return image.getHeight();
    }

    /** The picture as a file. */
    public byte[] encoded(Format format) {
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

    private int grey(float value) {
        if (!(high > low)) {
            return Float.isFinite(value) ? 128 : 0;
        }
        double scaled = (value - low) / (high - low);
        return scaled >= 1 ? 255 : scaled > 0 ? (int) (scaled * 255) : 0;
    }

    /** A location is the centre of the voxel whose index it gives. */
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
