package org.copick.cli.walk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.copick.Level;
import org.copick.VolumeData;
import org.copick.zarr.DataType;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Walks through all voxels of a level, slab by slab along its chunks, in bounded memory. */
public final class VoxelWalk {
    /** Largest slab in bytes. */
    private static final long MOST_AT_ONCE = 32 << 20;

    private VoxelWalk() {}

    /** A box of an array and its elements. */
    public record Box(Region region, Numbers elements) {}

    /** Calls an action for each slab of a level. */
    public static void through(Level level, Consumer<Box> action) {
        ZarrArray array = level.array();
        all(array, region -> {
            action.accept(new Box(region, new Numbers(array.dataType(), elements(array, region))));
            return true;
        });
    }

    /** Returns whether two arrays of equal shape and type hold equal bits; stops at the first difference. */
    public static boolean same(ZarrArray one, ZarrArray other) {
        return all(one, region -> elements(one, region).equals(elements(other, region)));
    }

    /**
     * Returns whether an array holds the values of {@code data}, which has its shape.
     *
     * <p>Values are compared in the type of the array. Stops at the first difference.
     */
    public static boolean holds(ZarrArray array, VolumeData data) {
        return all(array, region -> {
            ByteBuffer stored = elements(array, region);
            ByteBuffer given = buffer(region, data.type());
            data.source().read(region, given.duplicate().order(ByteOrder.LITTLE_ENDIAN));
            return array.dataType() == data.type()
                    ? stored.equals(given)
                    : same(array.dataType(), stored, data.type(), given);
        });
    }

    private static boolean same(DataType type, ByteBuffer stored, DataType givenType, ByteBuffer elements) {
        Numbers given = new Numbers(givenType, elements);
        if (type.isFloat()) {
            ByteBuffer nearest = ByteBuffer.allocate(stored.capacity()).order(ByteOrder.LITTLE_ENDIAN);
            Numbers numbers = new Numbers(type, nearest);
            for (int i = 0; i < given.size(); i++) {
                numbers.put(i, given.decimal(i));
            }
            return stored.equals(nearest);
        }
        Numbers whole = new Numbers(type, stored);
        for (int i = 0; i < given.size(); i++) {
            if (givenType.isFloat() ? whole.whole(i) != given.decimal(i) : whole.whole(i) != given.whole(i)) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer buffer(Region region, DataType type) {
        return ByteBuffer.allocate(Math.toIntExact(region.size() * type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer elements(ZarrArray array, Region region) {
        ByteBuffer elements = buffer(region, array.dataType());
        array.readElements(region, elements);
        return elements;
    }

    /**
     * Returns the lengths of the boxes to read an array in: those of its chunks.
     *
     * @param most the largest number of elements of a box; larger chunks are cut, and the cache decodes them once
     */
    public static long[] box(long[] shape, long[] chunk, long most) {
        long[] box = new long[shape.length];
        long elements = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            box[i] = Math.min(shape[i], chunk[i]);
            elements *= Math.max(1, box[i]);
            if (elements > most) {
                box[i] = Math.max(1, box[i] * most / elements);
                elements = most;
            }
        }
        return box;
    }

    private static boolean all(ZarrArray array, Predicate<Region> test) {
        long[] shape = array.shape();
        int rank = shape.length;
        long[] box =
                box(shape, array.chunkShape(), MOST_AT_ONCE / array.dataType().bytes());
        for (long length : shape) {
            if (length == 0) {
                return true;
            }
        }
        long[] at = new long[rank];
        while (true) {
            long[] length = new long[rank];
            for (int i = 0; i < rank; i++) {
                length[i] = Math.min(box[i], shape[i] - at[i]);
            }
            Region region = Region.of(at, length);
            if (!test.test(region)) {
                return false;
            }
            int axis = rank - 1;
            while (axis >= 0) {
                at[axis] += box[axis];
                if (at[axis] < shape[axis]) {
                    break;
                }
                at[axis--] = 0;
            }
            if (axis < 0) {
                return true;
            }
        }
    }
}
