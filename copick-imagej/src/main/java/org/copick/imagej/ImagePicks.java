package org.copick.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.FloatPolygon;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.copick.AnnotationId;
import org.copick.PickableObject;
import org.copick.Picks;
import org.copick.error.InvalidDataException;
import org.copick.picks.Point;
import org.jspecify.annotations.Nullable;

/** Points of picks on the planes of an image, as overlay and as selection. */
final class ImagePicks {
    /**
     * Largest distance in pixels between a point of a selection and the pick that it came from.
     *
     * <p>ImageJ stores floats relative to the selection's corner: in images of 100,000 pixels they are off by up to
     * 0.008. A point that is moved at the highest magnification moves by 0.03.
     */
    private static final double UNMOVED = 0.01;

    /** Index of the size of marks in {@link PointRoi#sizes}: 5 pixels with their border. */
    private static final int MEDIUM = 2;

    private final ImagePlus image;
    private final PixelGrid grid;

    ImagePicks(ImagePlus image) {
        this.image = image;
        this.grid = PixelGrid.of(image);
    }

    /**
     * A point in the coordinates of ImageJ.
     *
     * @param slice the plane along z, from 1
     */
    private record Mark(Point point, float x, float y, int slice) {}

    /** Adds a selection to the overlay for each plane that has picks, in place of those that these picks have there. */
    void show(Picks picks) {
        Map<Integer, List<Mark>> marks = marks(picks);
        String name = AnnotationId.of(picks.key()).toString();
        Overlay before = image.getOverlay();
        Overlay overlay = new Overlay();
        if (before != null) {
            overlay = before.create();
            for (Roi roi : before.toArray()) {
                if (!name.equals(roi.getName())) {
                    overlay.add(roi);
                }
            }
        }
        Color color = color(picks);
        for (Map.Entry<Integer, List<Mark>> each : marks.entrySet()) {
            PointRoi roi = selection(each.getValue());
            roi.setName(name);
            roi.setStrokeColor(color);
            if (image.getNChannels() > 1 || image.getNFrames() > 1) {
                roi.setPosition(0, each.getKey(), 0); // in all channels
            } else {
                roi.setPosition(each.getKey());
            }
            overlay.add(roi);
        }
        image.setOverlay(overlay);
    }

    /** Makes all points of the picks the image's selection. */
    void select(Picks picks) {
        List<Mark> marks = new ArrayList<>();
        marks(picks).values().forEach(marks::addAll);
        if (marks.isEmpty()) {
            image.deleteRoi();
            return;
        }
        // of each point the plane, above 8 bits for a counter that is not used
        int[] planes = marks.stream()
                .mapToInt(mark -> image.getStackIndex(image.getChannel(), mark.slice, image.getFrame()) << 8)
                .toArray();
        PointRoi roi = selection(marks);
        roi.setStrokeColor(color(picks));
        roi.setCounters(planes);
        image.setRoi(roi);
    }

    /** Returns the points of the image's selection. */
    List<Point> selected() {
        return selected(new TreeMap<>());
    }

    /** Returns the points of the image's selection, and for those at a pick, the pick. */
    List<Point> selected(Picks known) {
        return selected(marks(known));
    }

    private List<Point> selected(Map<Integer, List<Mark>> known) {
        Roi selection = image.getRoi();
        if (selection == null) {
            return List.of();
        }
        if (!(selection instanceof PointRoi roi)) {
            throw new InvalidDataException("the selection of the image \"" + image.getTitle()
                    + "\" is not one of points; make one with the multi-point tool");
        }
        List<Point> points = new ArrayList<>();
        FloatPolygon places = roi.getContainedFloatPoints();
        for (int i = 0; i < places.npoints; i++) {
            float x = places.xpoints[i];
            float y = places.ypoints[i];
            int slice = slice(roi, i);
            Point unmoved = unmoved(known.getOrDefault(slice, new ArrayList<>()), x, y);
            points.add(
                    unmoved != null
                            ? unmoved
                            : Point.at(grid.angstrom(0, x), grid.angstrom(1, y), grid.angstrom(2, slice - 1)));
        }
        return points;
    }

    /** Returns the plane along z, from 1, of a point; the shown one if the point belongs to all planes. */
    private int slice(PointRoi roi, int point) {
        if (roi.hasHyperStackPosition() && roi.getZPosition() > 0) {
            return roi.getZPosition();
        }
        int position = roi.getPointPosition(point);
        int plane = position == 0 ? image.getCurrentSlice() : position;
        if (plane > image.getStackSize()) {
            throw new InvalidDataException("the selection of the image \"" + image.getTitle()
                    + "\" has a point on plane " + plane + ", but the image has " + image.getStackSize() + " planes");
        }
        return image.convertIndexToPosition(plane)[1];
    }

    /** Removes and returns the nearest pick that is at this place; null if there is none. */
    private static @Nullable Point unmoved(List<Mark> marks, float x, float y) {
        Mark nearest = null;
        double least = UNMOVED;
        for (Mark mark : marks) {
            double distance = Math.max(Math.abs(mark.x - x), Math.abs(mark.y - y));
            if (distance <= least) {
                least = distance;
                nearest = mark;
            }
        }
        if (nearest == null) {
            return null;
        }
        marks.remove(nearest);
        return nearest.point;
    }

    /** Returns the points by their plane along z, from 1; points above or below the volume are on the nearest plane. */
    private Map<Integer, List<Mark>> marks(Picks picks) {
        Map<Integer, List<Mark>> marks = new TreeMap<>();
        for (Point point : picks.points()) {
            double z = grid.pixel(2, point.z());
            float x = (float) grid.pixel(0, point.x());
            float y = (float) grid.pixel(1, point.y());
            if (!Float.isFinite(x) || !Float.isFinite(y) || !Double.isFinite(z)) {
                throw new InvalidDataException("cannot show " + picks + " in ImageJ: a point is at " + point.x() + ", "
                        + point.y() + ", " + point.z());
            }
            int slice = (int) Math.max(0, Math.min(Math.round(z), image.getNSlices() - 1)) + 1;
            marks.computeIfAbsent(slice, s -> new ArrayList<>()).add(new Mark(point, x, y, slice));
        }
        return marks;
    }

    private static PointRoi selection(List<Mark> marks) {
        float[] x = new float[marks.size()];
        float[] y = new float[marks.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = marks.get(i).x;
            y[i] = marks.get(i).y;
        }
        PointRoi roi = new PointRoi(x, y);
        roi.setPointType(PointRoi.DOT);
        roi.setSize(MEDIUM);
        return roi;
    }

    /** Returns the object's colour, opaque: segmentations are what its opacity is for. */
    private static Color color(Picks picks) {
        org.copick.config.Color color = picks.run()
                .root()
                .findObject(picks.objectName())
                .map(PickableObject::color)
                .orElse(org.copick.config.Color.DEFAULT);
        return new Color(color.red(), color.green(), color.blue());
    }
}
