package org.copick.imglib2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.img.basictypeaccess.DataAccess;
import org.copick.Entity;
import org.copick.Segmentation;
import org.copick.VolumeData;
import org.copick.VolumeEntity;
import org.copick.entity.SegmentationType;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.CopickException;
import org.copick.error.InvalidDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;

/** The cells of an image that can be changed, and the way back to the volume. */
final class Edits<P> {
    /** Part of the memory for changes that a box to write may take: it is copied while it is converted and encoded. */
    private static final int PARTS = 4;

    private final VolumeEntity entity;
    private final LevelCells<P> cells;
    private final long mostChanged;
    /**
     * The shape of the boxes that are written in one go.
     *
     * <p>A box is a stored object or a part of a very large one. It has both channels if labels and instances must agree.
     */
    private final long[] object;

    private final ReferenceQueue<DataAccess> unreachable = new ReferenceQueue<>();

    @GuardedBy("held") private final Map<Long, HeldCell<P>> held = new HashMap<>();

    /** The box of cells that were written by a flush that failed afterwards. */
    @GuardedBy("held") private @Nullable Region unreported;

    /**
     * Creates the cells.
     *
     * @param mostChanged bytes of changed cells from which on no other cell is loaded
     */
    Edits(VolumeEntity entity, LevelCells<P> cells, long mostChanged) {
        this.entity = entity;
        this.cells = cells;
        this.mostChanged = mostChanged;
        this.object = cells.array.shardShape().orElseGet(cells.array::chunkShape);
        Arrays.setAll(object, i -> Math.max(1, Math.min(object[i], cells.array.shape()[i])));
        int axis = 0;
        if (entity instanceof Segmentation segmentation && segmentation.type() == SegmentationType.PANOPTIC) {
            object[0] = Math.max(1, cells.array.shape()[0]);
            axis = 1;
        }
        long most = mostChanged / PARTS / cells.array.dataType().bytes();
        for (; axis < object.length && Region.all(object).size() > most; axis++) {
            long others = Region.all(object).size() / object[axis];
            object[axis] = cells.cellLength(axis) * Math.max(1, most / others / cells.cellLength(axis));
        }
    }

    LevelCells<P> cells() {
        return cells;
    }

    /** Returns the elements of a cell, which is loaded if necessary. */
    DataAccess access(long index) {
        synchronized (held) {
            releaseUnused();
            HeldCell<P> known = held.get(index);
            if (known != null) {
                return known.access(index, cells.arrays, unreachable);
            }
            requireRoom(index);
        }
        HeldCell<P> loaded = new HeldCell<>(cells.read(index));
        synchronized (held) {
            HeldCell<P> other = held.putIfAbsent(index, loaded);
            return (other == null ? loaded : other).access(index, cells.arrays, unreachable);
        }
    }

    @GuardedBy("held") private void releaseUnused() {
        for (Reference<?> gone = unreachable.poll(); gone != null; gone = unreachable.poll()) {
            long index = ((HeldCell.Reach) gone).index;
            HeldCell<P> cell = held.get(index);
            if (cell != null && cell.isUnused()) {
                held.remove(index);
            }
        }
    }

    @GuardedBy("held") private void requireRoom(long index) {
        long bytes = cells.box(index).size() * cells.array.dataType().bytes();
        if (held.size() * bytes <= mostChanged) {
            return;
        }
        long changed = held.entrySet().stream()
                .filter(each -> each.getValue().isChanged())
                .mapToLong(each -> cells.box(each.getKey()).size())
                .sum();
        if (changed * cells.array.dataType().bytes() > mostChanged) {
            throw new IllegalStateException("the changes to " + cells.array.location() + " take more than "
                    + (mostChanged >> 20) + " MiB of memory; call flush() before changing more");
        }
    }

    boolean areThereAny() {
        synchronized (held) {
            return held.values().stream().anyMatch(HeldCell::isChanged);
        }
    }

    /**
     * Writes all changed cells, those of one stored object together.
     *
     * @return the box that holds all cells that were written since a box was last returned
     */
    Optional<Region> flush() {
        Map<List<Long>, Map<Long, HeldCell<P>>> objects = new LinkedHashMap<>();
        synchronized (held) {
            held.forEach((index, cell) -> {
                if (cell.isChanged()) {
                    objects.computeIfAbsent(objectOf(index), any -> new LinkedHashMap<>())
                            .put(index, cell);
                }
            });
        }
        ZarrArray now = objects.isEmpty() ? cells.array : reopened();
        CopickException first = null;
        for (Map<Long, HeldCell<P>> changed : objects.values()) {
            try {
                write(now, changed);
            } catch (OperationInterruptedException | ClosedException e) {
                throw e;
            } catch (CopickException e) {
                // the other objects are written all the same
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        synchronized (held) {
            held.values().removeIf(HeldCell::isUnused);
            if (first != null) {
                throw first;
            }
            Optional<Region> written = Optional.ofNullable(unreported);
            unreported = null;
            return written;
        }
    }

    /** Opens the level again: other programs may have changed or replaced it since it was cached. */
    private ZarrArray reopened() {
        ((Entity) entity).refresh();
        ZarrArray now = entity.level(0).array();
        if (!geometry(now).equals(geometry(cells.array))) {
            throw new ConflictException("cannot write the changes to " + now.location()
                    + ": the image was replaced by one of another shape, type or chunk shape; open it again and repeat"
                    + " the changes");
        }
        return now;
    }

    private static String geometry(ZarrArray array) {
        return array.dataType()
                + Arrays.toString(array.shape())
                + Arrays.toString(array.chunkShape())
                + Arrays.toString(array.shardShape().orElse(null));
    }

    private List<Long> objectOf(long index) {
        Region box = cells.box(index);
        List<Long> at = new ArrayList<>();
        for (int i = 0; i < box.rank(); i++) {
            at.add(box.start(i) / object[i]);
        }
        return at;
    }

    private void write(ZarrArray now, Map<Long, HeldCell<P>> changed) {
        Region region =
                changed.keySet().stream().map(cells::box).reduce(Edits::around).orElseThrow();
        long given = changed.keySet().stream()
                .mapToLong(index -> cells.box(index).size())
                .sum();
        P elements = given == region.size() ? cells.arrays.create().apply((int) given) : cells.arrays.read(now, region);
        changed.values().forEach(HeldCell::forgetChange);
        try {
            changed.forEach((index, cell) -> Rows.copy(cell.elements, cells.box(index), elements, region));
            requireBools(now, elements);
            DataType type = now.dataType() == DataType.FLOAT16 ? DataType.FLOAT32 : now.dataType();
            entity.writeRegion(
                    region, VolumeData.of(type, cells.arrays.source().apply(elements, region.shape()), region.shape()));
        } catch (Throwable e) {
            changed.values().forEach(HeldCell::change);
            throw e;
        }
        synchronized (held) {
            unreported = unreported == null ? region : around(unreported, region);
        }
    }

    private static void requireBools(ZarrArray array, Object elements) {
        if (array.dataType() == DataType.BOOL && elements instanceof byte[] bytes) {
            for (byte element : bytes) {
                if (element != 0 && element != 1) {
                    throw new InvalidDataException("cannot write " + array.location() + ": it holds only 0 and 1, not "
                            + Byte.toUnsignedInt(element));
                }
            }
        }
    }

    /** Returns the smallest box around two boxes, or the second one if there is no first. */
    private static Region around(@Nullable Region one, Region other) {
        if (one == null) {
            return other;
        }
        long[] start = new long[other.rank()];
        long[] length = new long[start.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = Math.min(one.start(i), other.start(i));
            length[i] = Math.max(one.start(i) + one.length(i), other.start(i) + other.length(i)) - start[i];
        }
        return Region.of(start, length);
    }
}
