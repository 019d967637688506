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
 * The axes of an image: identifies z, y and x by their names, and the axes before them. Axes of one element, such as
 * time and channel of a single image, are left out.
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
     * @param given the axes named in the image's metadata; if empty, the names in the array's own metadata are used,
     *     and without those the last three axes are z, y and x
     * @param array the array, such as a level of the image
     * @param keepsLeading whether to keep one axis before z, y and x even if it has one element. If all such axes have
     *     one element, the one nearest to z, y and x that is not time is kept
     * @return the axes, with z, y and x last
     * @throws CorruptDataException if the metadata name another number of axes, or name z, y or x twice
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

    /** Returns the axis before z, y and x to keep; -1 if one of them has several elements, or there is none. */
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

    /** Returns the axis names in the array's own metadata; empty unless they include z, y and x. */
    private static List<Multiscale.Axis> dimensions(ZarrArray array) {
        List<Multiscale.Axis> named = new ArrayList<>();
        if (array.zarrFormat() == 2) {
            // xarray and NCZarr store axis names in attributes
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

    /** Returns the indices of z, y and x; fewer if the image lacks one of them. */
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

    /** {@return the remaining axes in their new order; empty without metadata} */
    public List<Multiscale.Axis> axes() {
        return axes;
    }

    /**
     * {@return a view of an array with these axes}
     *
     * @param array the array whose axes these are, or another level of its image
     * @throws IllegalArgumentException if the array has several elements along an axis that is left out
     */
    public ZarrArray arrange(ZarrArray array) {
        for (int i = 0; i < order.length; i++) {
            if (order[i] != i || order.length != array.shape().length) {
                return array.withAxes(order);
            }
        }
        return array;
    }

    /**
     * {@return numbers per axis, such as a scale, in the new order of axes}
     *
     * @param stored one number for each axis of the array, in the stored order
     */
    public double[] arrange(double[] stored) {
        double[] arranged = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            arranged[i] = stored[order[i]];
        }
        return arranged;
    }

    /**
     * {@return whether an array is a volume with at most {@code leading} axes before z, y and x}
     *
     * @param shape the shape of the array in the new order of axes
     * @param leading the maximum number of axes before z, y and x
     */
    public boolean isVolume(long[] shape, int leading) {
        return isVolume() && shape.length <= SPATIAL.size() + leading;
    }

    /**
     * {@return a shape with the names of its axes, for messages: {@code [4, 5, 6] along t, y, x}}
     *
     * @param shape the number of elements along each axis, in the new order of axes
     */
    public String describe(long[] shape) {
        String names = axes.stream().map(Multiscale.Axis::name).collect(Collectors.joining(", "));
        return Arrays.toString(shape) + (names.isEmpty() ? "" : " along " + names);
    }

    /** {@return whether the last three axes are z, y and x} */
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

    /**
     * {@return whether the metadata name exactly the axes z, y and x, in this order}
     *
     * @param axes the axes named in the metadata
     */
    public static boolean areUsual(List<Multiscale.Axis> axes) {
        return axes.stream().map(Multiscale.Axis::name).toList().equals(SPATIAL);
    }

    /** Returns whether an axis is z, y or x; if no axis has such a name, whether it is one of the last three. */
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
