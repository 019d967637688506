package org.copick.imglib2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.imglib2.img.basictypeaccess.DataAccess;
import org.copick.Segmentation;
import org.copick.VolumeData;
import org.copick.VolumeEntity;
import org.copick.entity.SegmentationType;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;

/** The cells of an image that can be changed, and the way back to the volume. */
final class Edits<P> {
    private final VolumeEntity entity;
    private final LevelCells<P> cells;
    private final long mostChanged;
    /** The boxes that are written in one go: stored objects, with both channels if labels and instances must agree. */
    private final long[] object;

    private final ReferenceQueue<DataAccess> unreachable = new ReferenceQueue<>();

    @GuardedBy("held") private final Map<Long, HeldCell<P>> held = new HashMap<>();

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
        if (entity instanceof Segmentation segmentation && segmentation.type() == SegmentationType.PANOPTIC) {
            object[0] = Math.max(object[0], cells.array.shape()[0]);
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
        long each = cells.box(index).size() * cells.array.dataType().bytes();
        if (held.size() * each <= mostChanged) {
            return;
        }
        long changed = held.values().stream().filter(HeldCell::isChanged).count();
        if (changed * each > mostChanged) {
            throw new IllegalStateException("the changes to " + cells.array.location() + " take more than "
                    + (mostChanged >> 20) + " MiB of memory; call flush() before changing more");
        }
    }

    boolean areThereAny() {
        synchronized (held) {
            return held.values().stream().anyMatch(HeldCell::isChanged);
        }
    }

    /** Writes all changed cells, those of one stored object together, and returns the box that holds all of them. */
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
        Region written = null;
        CopickException first = null;
        for (Map<Long, HeldCell<P>> changed : objects.values()) {
            try {
                written = around(written, write(changed));
            } catch (OperationInterruptedException | ClosedException e) {
                throw e;
            } catch (CopickException e) {
                // the other objects are written all the same
                first = first == null ? e : first;
            }
        }
        synchronized (held) {
            held.values().removeIf(HeldCell::isUnused);
        }
        if (first != null) {
            throw first;
        }
        return Optional.ofNullable(written);
    }

    private List<Long> objectOf(long index) {
        Region box = cells.box(index);
        List<Long> at = new ArrayList<>();
        for (int i = 0; i < box.rank(); i++) {
            at.add(box.start(i) / object[i]);
        }
        return at;
    }

    private Region write(Map<Long, HeldCell<P>> changed) {
        ZarrArray array = cells.array;
        Region region =
                changed.keySet().stream().map(cells::box).reduce(Edits::around).orElseThrow();
        P elements = cells.arrays.read(array, region);
        changed.values().forEach(HeldCell::forgetChange);
        try {
            changed.forEach((index, cell) -> Rows.copy(cell.elements, cells.box(index), elements, region));
            DataType type = array.dataType() == DataType.FLOAT16 ? DataType.FLOAT32 : array.dataType();
            entity.writeRegion(
                    region, VolumeData.of(type, cells.arrays.source().apply(elements, region.shape()), region.shape()));
        } catch (Throwable e) {
            changed.values().forEach(HeldCell::change);
            throw e;
        }
        return region;
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
