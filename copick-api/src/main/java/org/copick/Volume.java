package org.copick;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.spi.Entry;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.ImageCopy;
import org.copick.zarr.Multiscale;
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

    private Volume(ObjectStore space, @Nullable ZarrGroup group) {
        this.location = space.location();
        this.space = space;
        this.group = group;
        this.multiscale = group == null ? null : Multiscale.of(group).orElse(null);
        this.levels = group == null ? List.of() : levels(group, multiscale);
    }

    static Cached<Volume> cached(Root root, Entry entry) {
        return new Cached<>(() -> root.volume(entry));
    }

    /** Reads the metadata of the group; that of each level is read when it is first used. */
    static Volume open(Zarr zarr, ObjectStore space) {
        return open(zarr, space, space);
    }

    /** The same through a view of the space that need not look for everything. */
    static Volume open(Zarr zarr, ObjectStore view, ObjectStore space) {
        Optional<ZarrNode> node = zarr.openImage(view);
        if (node.isPresent() && !(node.get() instanceof ZarrGroup)) {
            throw new CorruptDataException(space.location() + " is a Zarr array, not a group of levels");
        }
        return new Volume(space, (ZarrGroup) node.orElse(null));
    }

    /** The levels, the full resolution first; empty for a volume that was never written. */
    public List<Level> levels() {
        return levels;
    }

    /**
     * One level; 0 is the full resolution.
     *
     * @throws NotFoundException when there is no such level
     */
    public Level level(int index) {
        if (index < 0 || index >= levels.size()) {
            throw new NotFoundException(location + " has no level " + index + "; it has " + levels.size() + " levels");
        }
        return levels.get(index);
    }

    /** The names of the axes in array order, such as z, y, x; empty without OME-NGFF metadata. */
    public List<String> axes() {
        return multiscale == null
                ? List.of()
                : multiscale.axes().stream().map(Multiscale.Axis::name).toList();
    }

    /** What comes before z, y and x, of a volume that has one more axis. */
    Optional<Multiscale.Axis> leadingAxis() {
        if (levels.isEmpty() || level(0).shape().length != 4) {
            return Optional.empty();
        }
        return Optional.of(
                multiscale == null || multiscale.axes().isEmpty()
                        ? new Multiscale.Axis("feature", Optional.empty(), Optional.empty())
                        : multiscale.axes().get(0));
    }

    /** 2 or 3; empty for a volume that was never written. */
    public Optional<Integer> zarrFormat() {
        return Optional.ofNullable(group).map(ZarrGroup::zarrFormat);
    }

    /** The version of the OME-NGFF metadata, where there are any. */
    public Optional<String> omeVersion() {
        return Optional.ofNullable(multiscale).flatMap(Multiscale::version);
    }

    /** The free {@code metadata} of the OME-NGFF entry, where there are any. */
    public Optional<JsonNode> metadata() {
        return Optional.ofNullable(multiscale).flatMap(Multiscale::metadata);
    }

    /** Metadata of another version of Zarr that are not looked at; up to three requests. */
    public List<String> strayMetadata() {
        return group == null ? List.of() : group.strayMetadata();
    }

    /**
     * Copies everything as it is stored to a place outside of the project.
     *
     * @throws org.copick.error.AlreadyExistsException for {@link WriteCondition#IF_ABSENT} when anything is there
     */
    public void copyTo(StorePlace place, WriteCondition condition) {
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

    private static List<Level> levels(ZarrGroup group, @Nullable Multiscale multiscale) {
        List<Level> levels = new ArrayList<>();
        if (multiscale != null) {
            for (Multiscale.Dataset dataset : multiscale.datasets()) {
                levels.add(new Level(
                        group,
                        dataset.path(),
                        dataset.scale().orElse(null),
                        multiscale.axes().stream().map(Multiscale.Axis::name).toList()));
            }
        } else {
            for (String member : group.members()) {
                if (group.member(member).orElse(null) instanceof ZarrArray) {
                    levels.add(new Level(group, member, null, List.of()));
                }
            }
        }
        return List.copyOf(levels);
    }
}
