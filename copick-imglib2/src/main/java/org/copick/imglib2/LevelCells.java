package org.copick.imglib2;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import net.imglib2.img.cell.CellGrid;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/**
 * The grid of a level's cells, and how a cell is read. ImgLib2's first axis is the array's last one, and both vary
 * fastest, so elements keep their order and only positions are reversed.
 */
final class LevelCells<P> {
    final ZarrArray array;
    final ElementArrays<P> arrays;
    final CellGrid grid;

    private final long[] cell;
    /** The length of a stored object along each axis: a shard or a chunk. */
    private final long[] object;

    private final boolean severalInObject;
    private final ConcurrentMap<Long, PassOverObject> passes = new ConcurrentHashMap<>();

    LevelCells(ZarrArray array, ElementArrays<P> arrays) {
        this.array = array;
        this.arrays = arrays;
        this.cell = CellShape.of(array);
        this.object = array.shardShape().orElseGet(array::chunkShape);
        int[] lengths = new int[cell.length];
        boolean several = false;
        for (int i = 0; i < cell.length; i++) {
            lengths[i] = (int) cell[cell.length - 1 - i];
            several |= cell[i] < Math.min(object[i], array.shape()[i]);
        }
        this.severalInObject = several;
        this.grid = new CellGrid(reversed(array.shape()), lengths);
    }

    static long[] reversed(long[] lengths) {
        long[] reversed = new long[lengths.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = lengths[lengths.length - 1 - i];
        }
        return reversed;
    }

    /** Returns the number of elements of a cell along an axis of the array. */
    long cellLength(int axis) {
        return cell[axis];
    }

    /** Returns the box of a cell, in the order of the array's axes. */
    Region box(long index) {
        long[] min = new long[cell.length];
        int[] size = new int[cell.length];
        grid.getCellDimensions(index, min, size);
        long[] lengths = new long[size.length];
        for (int i = 0; i < size.length; i++) {
            lengths[i] = size[size.length - 1 - i];
        }
        return Region.of(reversed(min), lengths);
    }

    /** Reads the elements of a cell. */
    P read(long index) {
        Region box = box(index);
        if (severalInObject) {
            passes.computeIfAbsent(objectOf(box), any -> new PassOverObject(boxOfObject(box), cell))
                    .next(box)
                    .ifPresent(this::fetch);
        }
        return arrays.read(array, box);
    }

    /** Returns the number of the stored object that a cell lies in. */
    private long objectOf(Region box) {
        long number = 0;
        for (int i = 0; i < object.length; i++) {
            number = number * ((array.shape()[i] + object[i] - 1) / object[i]) + box.start(i) / object[i];
        }
        return number;
    }

    private Region boxOfObject(Region box) {
        long[] start = new long[object.length];
        long[] length = new long[object.length];
        for (int i = 0; i < object.length; i++) {
            start[i] = box.start(i) / object[i] * object[i];
            length[i] = Math.min(object[i], array.shape()[i] - start[i]);
        }
        return Region.of(start, length);
    }

    /**
     * Brings a box into the cache of decoded chunks, with as few requests as a read of the box needs. Only as many
     * elements are copied as are needed to touch every part.
     */
    private void fetch(Region box) {
        double bytes = array.dataType().bytes();
        for (long length : box.shape()) {
            bytes *= length;
        }
        if (bytes > CopickImages.MOST_AT_ONCE) {
            return;
        }
        int last = cell.length - 1;
        long[] start = new long[cell.length];
        long[] count = new long[cell.length];
        long[] step = new long[cell.length];
        for (int i = 0; i < cell.length; i++) {
            start[i] = box.start(i);
            // the parts of a shard are chunks, which are cells or consist of them; those of a chunk are runs of rows
            step[i] = i == last || array.shardShape().isPresent() ? cell[i] : 1;
            count[i] = (box.length(i) + step[i] - 1) / step[i];
        }
        arrays.read(array, Region.of(start, count, step));
    }
}
