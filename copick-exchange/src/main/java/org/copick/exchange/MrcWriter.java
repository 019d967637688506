package org.copick.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;

/** Writes the elements of a volume box by box, and the header when all are known. */
final class MrcWriter {
    /** Most bytes to write at once. The JDK would keep memory outside the heap for larger pieces. */
    static final int PIECE = 1 << 20;

    /** Most bytes of a slab. */
    private static final long SLAB = 16L << 20;

    private final FileChannel channel;
    private final DataType type;
    private final long[] shape;
    private final long[] box;
    private final BoxSource source;
    private final MrcStatistics statistics;

    MrcWriter(FileChannel channel, DataType type, long[] shape, long[] box, BoxSource source) {
        this.channel = channel;
        this.type = type;
        this.shape = shape;
        this.box = box;
        this.source = source;
        this.statistics = new MrcStatistics(type);
    }

    /** Returns the shape of a slab: as many whole sections as fit into memory at once, or part of a very large one. */
    static long[] slab(long[] shape, DataType type) {
        long columns = Math.min(shape[2], SLAB / type.bytes());
        long rows = Math.min(shape[1], Math.max(1, SLAB / type.bytes() / columns));
        long sections = rows < shape[1] ? 1 : Math.max(1, SLAB / type.bytes() / columns / rows);
        return new long[] {Math.min(shape[0], sections), rows, columns};
    }

    void write(int mode, double voxelSize) throws IOException {
        long bytes = Region.all(box).size() * type.bytes();
        ByteBuffer elements = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        for (long z = 0; z < shape[0]; z += box[0]) {
            for (long y = 0; y < shape[1]; y += box[1]) {
                for (long x = 0; x < shape[2]; x += box[2]) {
                    long[] lengths = {
                        Math.min(box[0], shape[0] - z), Math.min(box[1], shape[1] - y), Math.min(box[2], shape[2] - x)
                    };
                    write(Region.of(new long[] {z, y, x}, lengths), elements);
                }
            }
        }
        write(MrcHeader.bytes(mode, shape, voxelSize, statistics), 0);
    }

    private void write(Region region, ByteBuffer elements) throws IOException {
        elements.clear().limit((int) (region.size() * type.bytes()));
        source.read(region, elements.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        statistics.add(elements);
        Runs.forEach(shape, region, (first, length) -> {
            ByteBuffer run = elements.slice(elements.position(), (int) (length * type.bytes()));
            write(run, MrcHeader.BYTES + first * type.bytes());
            elements.position(elements.position() + run.limit());
        });
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        int end = bytes.limit();
        long at = position;
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + PIECE));
            at += channel.write(bytes, at);
        }
    }
}
