package org.copick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.spi.Entry;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.ImageAxes;
import org.copick.zarr.ImageCopy;
import org.copick.zarr.ImageSeries;
import org.copick.zarr.Multiscale;
import org.copick.zarr.PartialImage;
import org.copick.zarr.PlainView;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.jspecify.annotations.Nullable;

/**
 * A multiscale image: levels of decreasing resolution, of which level 0 is the full resolution.
 *
 * <p>The OME-NGFF metadata name the arrays that are the levels. Without such metadata, all arrays of the group are
 * levels, ordered by name.
 *
 * <p>A volume that was created but never written has no levels and no format.
 */
public final class Volume {
    private final String location;
    private final ObjectStore space;
    private final @Nullable ZarrGroup group;
    private final @Nullable Multiscale multiscale;
    private final List<Level> levels;
    /** The problem of an image without a group; empty if nothing is stored at all. */
    private final Lazy<Optional<String>> partial;

    private Volume(ObjectStore space, @Nullable ZarrGroup group, boolean keepsLeading) {
        this.location = space.location();
        this.space = space;
        this.group = group;
        this.multiscale = group == null ? null : Multiscale.of(group).orElse(null);
        this.levels = group == null ? List.of() : levels(new Level.Source(group, multiscale, keepsLeading));
        this.partial = new Lazy<>(() -> PartialImage.problem(space));
    }

    static Lazy<Volume> cached(Root root, Entry entry) {
        return new Lazy<>(() -> root.lookup().volume(entry), root.epochs());
    }

    /**
     * Opens the image in a store, which may have been written by another program.
     *
     * <p>Reads the metadata of the group. Those of each level are read on first use. If bioformats2raw wrote the image,
     * its only series is opened.
     *
     * @param zarr the reader to use, such as that of {@link CopickContext#zarr}
     * @param space a store that contains the image and nothing else
     * @return the image, which has no levels if the store is empty
     * @throws CorruptDataException if the metadata are invalid, or the store contains an array instead of a group
     * @throws UnsupportedFeatureException if the image has several series
     */
    public static Volume open(Zarr zarr, ObjectStore space) {
        return open(zarr, space, space, false);
    }

    /**
     * Opens an image, using a view of its store that answers from prefetched listings if possible.
     *
     * @param view the store to open the group from
     * @param space the store of the image, without prefetching
     * @param keepsLeading whether to keep an axis before z, y and x even if it has one element
     */
    static Volume open(Zarr zarr, ObjectStore view, ObjectStore space, boolean keepsLeading) {
        Optional<ZarrNode> node = zarr.openImage(view);
        if (node.isEmpty()) {
            return new Volume(space, null, keepsLeading);
        }
        if (!(node.get() instanceof ZarrGroup group)) {
            throw new CorruptDataException(space.location() + " is a Zarr array, not a group of levels");
        }
        return new Volume(space, ImageSeries.only(group), keepsLeading);
    }

    /**
     * {@return the levels, full resolution first; empty if the volume was never written}
     *
     * <p>To find out that it was never written costs up to two requests.
     *
     * @throws CorruptDataException if parts of a volume exist, but not the metadata of its group
     */
    public List<Level> levels() {
        if (group == null) {
            partial.get().ifPresent(problem -> {
                throw new CorruptDataException(problem);
            });
        }
        return levels;
    }

    /** Returns whether nothing is stored at all. */
    boolean isAbsent() {
        return group == null && partial.get().isEmpty();
    }

    /**
     * {@return a level of this image}
     *
     * @param index the number of the level; 0 is the full resolution
     * @throws NotFoundException if there is no such level
     */
    public Level level(int index) {
        List<Level> known = levels();
        if (index < 0 || index >= known.size()) {
            throw new NotFoundException(location + " has no level " + index + "; it has " + known.size() + " levels");
        }
        return known.get(index);
    }

    /**
     * Describes how the sizes of two levels contradict their scales in the metadata.
     *
     * <p>Reads the metadata of all levels.
     *
     * @return a text that names both levels and is worded to follow the location in a message; empty if they agree
     */
    public Optional<String> contradiction() {
        return LevelScales.contradiction(levels());
    }

    /** {@return the axis names in the order of the levels' arrays, such as z, y, x; empty without OME-NGFF metadata} */
    public List<String> axes() {
        if (multiscale == null) {
            return List.of();
        }
        List<Multiscale.Axis> axes = ImageAxes.areUsual(multiscale.axes()) || levels.isEmpty()
                ? multiscale.axes()
                : level(0).imageAxes().axes();
        return axes.stream().map(Multiscale.Axis::name).toList();
    }

    /** {@return whether the metadata give a unit for z, y or x} Without a unit, Å is assumed. */
    public boolean hasUnit() {
        return multiscale != null && multiscale.hasUnit();
    }

    /** Returns the axis before z, y and x; empty unless the volume has four axes. */
    Optional<Multiscale.Axis> leadingAxis() {
        if (levels.isEmpty() || level(0).shape().length != 4) {
            return Optional.empty();
        }
        return Optional.of(
                multiscale == null || multiscale.axes().isEmpty()
                        ? new Multiscale.Axis("feature", Optional.empty(), Optional.empty())
                        : level(0).imageAxes().axes().get(0));
    }

    /** {@return the Zarr format, 2 or 3, or empty if the volume was never written} */
    public Optional<Integer> zarrFormat() {
        return Optional.ofNullable(group).map(ZarrGroup::zarrFormat);
    }

    /** {@return the version of the OME-NGFF metadata, or empty if there is none} */
    public Optional<String> omeVersion() {
        return Optional.ofNullable(multiscale).flatMap(Multiscale::version);
    }

    /**
     * {@return the free-form {@code metadata} of the OME-NGFF entry, or empty if there are none}
     *
     * <p>The value is a text, number, boolean, list or map.
     */
    public Optional<Object> metadata() {
        return Optional.ofNullable(multiscale).flatMap(Multiscale::metadata);
    }

    /** {@return the names of ignored metadata files in another Zarr version} Costs up to three requests. */
    public List<String> strayMetadata() {
        return group == null ? List.of() : group.strayMetadata();
    }

    /**
     * {@return whether ignored Zarr v2 metadata describe an image that the Zarr v3 metadata next to them do not}
     *
     * <p>Costs up to one request.
     */
    public boolean overrulesImage() {
        return group != null && group.overrulesImage();
    }

    /**
     * Checks the consolidated metadata of Zarr v2, a copy of all metadata in one file that nothing else here reads.
     *
     * <p>Costs up to one request.
     *
     * @throws CorruptDataException if the consolidated metadata exist and are invalid
     */
    public void checkConsolidated() {
        if (group != null) {
            group.checkConsolidated();
        }
    }

    /**
     * Copies all stored objects unchanged to a place outside the project.
     *
     * @param place the place to write the objects to
     * @param condition {@link WriteCondition#ANY} to replace the objects at the place, or {@link
     *     WriteCondition#IF_ABSENT}
     * @throws org.copick.error.AlreadyExistsException if the condition is {@link WriteCondition#IF_ABSENT} and the
     *     place is not empty
     * @throws CorruptDataException if the metadata of the group are missing
     */
    public void copyTo(StorePlace place, WriteCondition condition) {
        levels();
        ImageCopy.copy(space, place, condition);
    }

    /**
     * {@return the store of this volume: all its objects and no others, with keys such as {@code 0/.zarray}}
     *
     * <p>Other Zarr libraries read the volume through it, like Python programs through {@code tomogram.zarr()} of the
     * data model. It is writable only if the layer is. This volume shows what was written through it once it is opened
     * again. The store is closed with the project.
     */
    public ObjectStore store() {
        return space;
    }

    /**
     * {@return a read-only store that shows this volume as OME-NGFF 0.4 without compressor}
     *
     * <p>Programs that cannot read the volume's format read it through this store. The levels are named {@code 0},
     * {@code 1} and so on. Their axes are z, y, x, or one more axis followed by these, and their scales are in Å. Costs the metadata of all levels; {@link PlainView} describes the blocks.
     *
     * @param blockShape the number of elements of a block along each axis; none for 64 along z, y and x
     * @throws IllegalArgumentException if the blocks do not have the axes of the levels, or take more than 2 GiB
     */
    public PlainView plainView(long... blockShape) {
        List<ZarrArray> arrays = levels().stream().map(Level::array).toList();
        return PlainView.of(location, plainAttributes(), arrays, blockShape);
    }

    /** Returns the OME-NGFF attributes of a plain view; empty if a level has no scale or its axes have no names. */
    private Map<String, ?> plainAttributes() {
        List<Map<String, ?>> datasets = new ArrayList<>();
        for (Level level : levels) {
            Optional<double[]> scale = level.scale();
            if (scale.isEmpty()) {
                return Map.of();
            }
            datasets.add(Map.of(
                    "path",
                    Integer.toString(datasets.size()),
                    "coordinateTransformations",
                    List.of(Map.of(
                            "type",
                            "scale",
                            "scale",
                            Arrays.stream(scale.get()).boxed().toList()))));
        }
        List<Map<String, ?>> axes = new ArrayList<>();
        for (String name : axes()) {
            axes.add(
                    axes().size() - axes.size() > 3
                            ? Map.of("name", name)
                            : Map.of("name", name, "type", "space", "unit", "angstrom"));
        }
        return axes.isEmpty() || datasets.isEmpty()
                ? Map.of()
                : Map.of("multiscales", List.of(Map.of("version", "0.4", "axes", axes, "datasets", datasets)));
    }

    /** {@return the path or URL of the volume} */
    public String location() {
        return location;
    }

    @Override
    public String toString() {
        return location;
    }

    private static List<Level> levels(Level.Source source) {
        List<Level> levels = new ArrayList<>();
        Multiscale multiscale = source.image();
        if (multiscale != null) {
            for (Multiscale.Dataset dataset : multiscale.datasets()) {
                levels.add(new Level(source, dataset.path(), dataset));
            }
            return LevelScales.ordered(levels, multiscale.datasets());
        }
        for (String member : source.group().members()) {
            if (source.group().member(member).orElse(null) instanceof ZarrArray) {
                levels.add(new Level(source, member, null));
            }
        }
        return List.copyOf(levels);
    }
}
