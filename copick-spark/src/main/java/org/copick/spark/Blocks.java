package org.copick.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.copick.Level;
import org.copick.Root;
import org.copick.zarr.Region;
import org.jspecify.annotations.Nullable;

/** The rows of a tomogram's blocks, box by box: each box is read at once and holds whole blocks. */
final class Blocks {
    private final Level level;
    private final ListedEntity tomogram;
    private final ScanSpec spec;
    private final BlockGrid grid;

    private Blocks(Level level, ListedEntity tomogram, ScanSpec spec) {
        this.level = level;
        this.tomogram = tomogram;
        this.spec = spec;
        this.grid = BlockGrid.of(level, spec.options());
    }

    /** Returns the rows of a task. */
    static Iterator<InternalRow> of(Root root, ScanSpec spec, Part.OfTomogram part) {
        Level level = Volumes.open(root, part.tomogram()).level(spec.options().level());
        Blocks blocks = new Blocks(level, part.tomogram(), spec);
        Region all = Region.of(new long[] {part.from(), 0, 0}, new long[] {
            part.to() - part.from(), blocks.grid.shape()[1], blocks.grid.shape()[2]
        });
        return new Flattened<>(parts(all, blocks.grid.box()).iterator(), blocks::rows);
    }

    /** Returns the regions of a shape that fill a region, in the order z, y, x; those at its end may be smaller. */
    private static List<Region> parts(Region region, long[] shape) {
        List<Region> parts = new ArrayList<>();
        for (long z = 0; z < region.length(0); z += shape[0]) {
            for (long y = 0; y < region.length(1); y += shape[1]) {
                for (long x = 0; x < region.length(2); x += shape[2]) {
                    parts.add(Region.of(
                            new long[] {region.start(0) + z, region.start(1) + y, region.start(2) + x}, new long[] {
                                Math.min(shape[0], region.length(0) - z),
                                Math.min(shape[1], region.length(1) - y),
                                Math.min(shape[2], region.length(2) - x)
                            }));
                }
            }
        }
        return parts;
    }

    private Iterator<InternalRow> rows(Region box) {
        float[] voxels = spec.reads("data") ? level.readFloats(box) : null;
        return new Flattened<>(
                parts(box, grid.block()).iterator(),
                block -> ColumnValues.rows(1, spec.columns(), column -> values(box, voxels, block, column)));
    }

    private ColumnValues values(Region box, float @Nullable [] voxels, Region block, String column) {
        return switch (column) {
            case "z" -> row -> block.start(0);
            case "y" -> row -> block.start(1);
            case "x" -> row -> block.start(2);
            case "shape" ->
                row -> ArrayData.toArrayData(
                        new int[] {(int) block.length(0), (int) block.length(1), (int) block.length(2)});
            case "data" -> row -> ArrayData.toArrayData(cut(box, voxels, block));
            default -> ColumnValues.ofKey(tomogram, column, spec.options().level());
        };
    }

    /** Returns the voxels of a block within a box. */
    private static float[] cut(Region box, float @Nullable [] voxels, Region block) {
        if (voxels == null) {
            throw new IllegalStateException("the voxels were not read");
        }
        if (block.equals(box)) {
            return voxels;
        }
        float[] cut = new float[Math.toIntExact(block.size())];
        int length = (int) block.length(2);
        int to = 0;
        for (long z = block.start(0) - box.start(0); z < block.start(0) - box.start(0) + block.length(0); z++) {
            for (long y = block.start(1) - box.start(1); y < block.start(1) - box.start(1) + block.length(1); y++) {
                long from = (z * box.length(1) + y) * box.length(2) + block.start(2) - box.start(2);
                System.arraycopy(voxels, Math.toIntExact(from), cut, to, length);
                to += length;
            }
        }
        return cut;
    }
}
