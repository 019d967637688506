package org.copick;

import java.util.ArrayList;
import java.util.List;
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
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.copick.zarr.ZarrNode;
import org.jspecify.annotations.Nullable;

/**
 * A multiscale image: levels of decreasing resolution, level 0 the full one. Which arrays the levels are is taken from the
 * OME-NGFF metadata; where there are none, the arrays of the group are the levels, by name.
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
        return new Lazy<>(() -> root.lookup().volume(entry), root::epoch);
    }

    /**
     * Opens the image that a store holds, such as one that another program wrote: reads the metadata of the group; that of
     * each level is read when it is first used. Of an image that bioformats2raw wrote its only series is opened.
     *
     * @throws CorruptDataException for metadata that break the format, and for an array in place of a group
     * @throws UnsupportedFeatureException for several series
     */
    public static Volume open(Zarr zarr, ObjectStore space) {
        return open(zarr, space, space, false);
    }

    /**
     * Opens an image through a view of its space that answers from prefetched listings where it can.
     *
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
     * The levels, the full resolution first; empty for a volume that was never written, which costs up to two requests to
     * tell.
     *
     * @throws CorruptDataException when parts of a volume are there, but no metadata of its group
     */
    public List<Level> levels() {
        if (group == null) {
            partial.get().ifPresent(problem -> {
                throw new CorruptDataException(problem);
            });
        }
        return levels;
    }

    /** Whether there is nothing at all. */
    boolean isAbsent() {
        return group == null && partial.get().isEmpty();
    }

    /**
     * One level; 0 is the full resolution.
     *
     * @throws NotFoundException when there is no such level
     */
    public Level level(int index) {
        List<Level> known = levels();
        if (index < 0 || index >= known.size()) {
            throw new NotFoundException(location + " has no level " + index + "; it has " + known.size() + " levels");
        }
        return known.get(index);
    }

    /**
     * How the sizes of two levels contradict the scales that the metadata give them, naming both, in words that follow the
     * location; empty when they fit. Reads the metadata of all levels.
     */
    public Optional<String> contradiction() {
        return LevelScales.contradiction(levels());
    }

    /** The names of the axes in the order of the levels' arrays, such as z, y, x; empty without OME-NGFF metadata. */
    public List<String> axes() {
        if (multiscale == null) {
            return List.of();
        }
        List<Multiscale.Axis> axes = ImageAxes.areUsual(multiscale.axes()) || levels.isEmpty()
                ? multiscale.axes()
                : level(0).imageAxes().axes();
        return axes.stream().map(Multiscale.Axis::name).toList();
    }

    /** Whether the metadata give a unit for z, y or x; without one Å is assumed. */
    public boolean hasUnit() {
        return multiscale != null && multiscale.hasUnit();
    }

    /** The axis before z, y and x; empty unless the volume has four axes. */
    Optional<Multiscale.Axis> leadingAxis() {
        if (levels.isEmpty() || level(0).shape().length != 4) {
            return Optional.empty();
        }
        return Optional.of(
                multiscale == null || multiscale.axes().isEmpty()
                        ? new Multiscale.Axis("feature", Optional.empty(), Optional.empty())
                        : level(0).imageAxes().axes().get(0));
    }

    /** 2 or 3; empty for a volume that was never written. */
    public Optional<Integer> zarrFormat() {
        return Optional.ofNullable(group).map(ZarrGroup::zarrFormat);
    }

    /** The version of the OME-NGFF metadata, where there are any. */
    public Optional<String> omeVersion() {
        return Optional.ofNullable(multiscale).flatMap(Multiscale::version);
    }

    /** The free {@code metadata} of the OME-NGFF entry, as text, number, boolean, list or map, where there are any. */
    public Optional<Object> metadata() {
        return Optional.ofNullable(multiscale).flatMap(Multiscale::metadata);
    }

    /** Metadata of another version of Zarr that are not looked at; up to three requests. */
    public List<String> strayMetadata() {
        return group == null ? List.of() : group.strayMetadata();
    }

    /**
     * Whether metadata of Zarr v2 that are not looked at describe an image, and those of version 3 beside them do not. Up to one
     * request.
     */
    public boolean overrulesImage() {
        return group != null && group.overrulesImage();
    }

    /**
     * Reads metadata that nothing else here reads: the copy of all metadata that Zarr v2 keeps in one file. Up to one request.
     *
     * @throws CorruptDataException when they are there and broken
     */
    public void checkConsolidated() {
        if (group != null) {
            group.checkConsolidated();
        }
    }

    /**
     * Copies everything as it is stored to a place outside of the project.
     *
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} when anything is there
     * @throws CorruptDataException when the metadata of the group are missing
     */
    public void copyTo(StorePlace place, WriteCondition condition) {
        levels();
        ImageCopy.copy(space, place, condition);
    }

    /** Where it is, as a path or URL. */
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
