package org.copick.zarr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.copick.error.CorruptDataException;

/**
 * Which axes of an array are z, y and x, by their names, and which come before these. Axes of one element, such as time and
 * channel of a single image, are left out.
 */
public final class ImageAxes {
    private static final List<String> SPATIAL = List.of("z", "y", "x");

    private final List<Multiscale.Axis> axes;
    private final int[] order;

    private ImageAxes(List<Multiscale.Axis> axes, int[] order) {
        this.axes = axes;
        this.order = order;
    }

    /**
     * Finds the axes of an array.
     *
     * @param given the axes that the metadata of the image name; without any, those that the array itself names, and without
     *     these the last three axes are z, y and x
     * @param keepsLeading whether one axis before z, y and x is kept although it has one element: the one next to them that
     *     is not time, where others have one element too
     * @throws CorruptDataException when the metadata name another number of axes, or one of z, y and x twice
     */
    public static ImageAxes of(List<Multiscale.Axis> given, ZarrArray array, boolean keepsLeading) {
        Objects.requireNonNull(given, "given");
        long[] shape = array.shape();
        List<Multiscale.Axis> named = given.isEmpty() ? dimensions(array) : given;
        if (!named.isEmpty() && named.size() != shape.length) {
            throw new CorruptDataException("the array " + array.location() + " has " + shape.length
                    + " dimensions, but its metadata name " + named.size() + " axes");
        }
        List<Integer> order = new ArrayList<>();
        List<Integer> spatial = spatial(named, shape.length, array.location());
        int kept = keepsLeading ? kept(named, spatial, shape) : -1;
        for (int i = 0; i < shape.length; i++) {
            if (!spatial.contains(i) && (shape[i] != 1 || i == kept || spatial.size() < SPATIAL.size())) {
                order.add(i);
            }
        }
        order.addAll(spatial);
        return new ImageAxes(
                named.isEmpty() ? List.of() : order.stream().map(named::get).toList(),
                order.stream().mapToInt(i -> i).toArray());
    }

    /** The axis before z, y and x that is kept, where none has more than one element; -1 where one has, or there is none. */
    private static int kept(List<Multiscale.Axis> named, List<Integer> spatial, long[] shape) {
        int kept = -1;
        for (int i = 0; i < shape.length; i++) {
            if (spatial.contains(i)) {
                continue;
            }
            if (shape[i] != 1) {
                return -1;
            }
            if (kept < 0
                    || isTime(named, kept)
                    || (!isTime(named, i) && distance(spatial, i) < distance(spatial, kept))) {
                kept = i;
            }
        }
        return kept;
    }

    private static boolean isTime(List<Multiscale.Axis> named, int axis) {
        return !named.isEmpty()
                && (named.get(axis).name().equalsIgnoreCase("t")
                        || named.get(axis).type().filter("time"::equals).isPresent());
    }

    private static int distance(List<Integer> spatial, int axis) {
        return spatial.stream().mapToInt(other -> Math.abs(axis - other)).min().orElse(0);
    }

    /** The names that an array itself gives to its axes, where it names z, y and x. */
    private static List<Multiscale.Axis> dimensions(ZarrArray array) {
        List<Multiscale.Axis> named = new ArrayList<>();
        if (array.zarrFormat() == 2) {
            // xarray and NCZarr name them in attributes
            array.attributeTree()
                    .path("_ARRAY_DIMENSIONS")
                    .forEach(name ->
                            named.add(new Multiscale.Axis(name.asText(""), Optional.empty(), Optional.empty())));
        }
        for (Optional<String> name : array.dimensionNames().orElse(List.of())) {
            named.add(new Multiscale.Axis(name.orElse(""), Optional.empty(), Optional.empty()));
        }
        boolean spatial = SPATIAL.stream()
                .allMatch(name -> named.stream().anyMatch(axis -> axis.name().equalsIgnoreCase(name)));
        return spatial ? named : List.of();
    }

    /** The axes that are z, y and x; fewer for an image that has none of a name. */
    private static List<Integer> spatial(List<Multiscale.Axis> named, int rank, String location) {
        List<Integer> found = new ArrayList<>();
        for (String name : SPATIAL) {
            for (int i = 0; i < named.size(); i++) {
                if (named.get(i).name().equalsIgnoreCase(name)) {
                    found.add(i);
                }
            }
        }
        long names = found.stream()
                .map(i -> named.get(i).name().toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (names != found.size()) {
            throw new CorruptDataException("the metadata of " + location + " name an axis twice: "
                    + named.stream().map(Multiscale.Axis::name).toList());
        }
        if (found.isEmpty()) {
            for (int i = Math.max(0, rank - SPATIAL.size()); i < rank; i++) {
                found.add(i);
            }
        }
        return found;
    }

    /** The axes that are left, in their new order; empty without metadata. */
    public List<Multiscale.Axis> axes() {
        return axes;
    }

    /** The array with these axes. */
    public ZarrArray arrange(ZarrArray array) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i || order.length != array.shape().length) {
                return array.withAxes(order);
            }
        }
        return array;
    }

    /** Numbers for each axis of the array, such as a scale, in the new order. */
    public double[] arrange(double[] stored) {
        double[] arranged = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            arranged[i] = stored[order[i]];
        }
        return arranged;
    }

    /** Whether an array of this shape is a volume with at most so many axes before z, y and x. */
    public boolean isVolume(long[] shape, int leading) {
        return isVolume() && shape.length <= SPATIAL.size() + leading;
    }

    /** A shape as people read it, with the names of the axes: {@code [4, 5, 6] along t, y, x}. */
    public String describe(long[] shape) {
        String names = axes.stream().map(Multiscale.Axis::name).collect(Collectors.joining(", "));
        return Arrays.toString(shape) + (names.isEmpty() ? "" : " along " + names);
    }

    /** Whether the last three axes are z, y and x. */
    public boolean isVolume() {
        if (order.length < SPATIAL.size()) {
            return false;
        }
        List<String> last = axes.stream()
                .skip(Math.max(0, axes.size() - SPATIAL.size()))
                .map(axis -> axis.name().toLowerCase(Locale.ROOT))
                .toList();
        return last.isEmpty() || last.equals(SPATIAL) || last.stream().noneMatch(SPATIAL::contains);
    }

    /** Whether metadata name z, y and x in this order and nothing else. */
    public static boolean areUsual(List<Multiscale.Axis> axes) {
        return axes.stream().map(Multiscale.Axis::name).toList().equals(SPATIAL);
    }

    /** Whether an axis is z, y or x; where none has such a name, whether it is one of the last three. */
    static boolean isSpatial(List<Multiscale.Axis> axes, int axis) {
        boolean names = axes.stream().anyMatch(each -> isSpatial(each.name()));
        return names ? isSpatial(axes.get(axis).name()) : axis >= axes.size() - SPATIAL.size();
    }

    private static boolean isSpatial(String name) {
        return SPATIAL.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return axes + " from " + Arrays.toString(order);
    }
}
