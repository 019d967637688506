package org.copick.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.copick.error.CorruptDataException;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;

/**
 * A volume in an MRC2014 file (.mrc, .rec, .map, .mrcs, .st, .ali), opened for reading.
 *
 * <p>Its elements are int8, uint8, int16, uint16, float16 or float32, in either byte order. Extended headers are
 * skipped. Bytes are signed, unless IMOD wrote the file and declares them unsigned ({@code imodStamp} and {@code
 * imodFlags}). Arrays have the axes of the file: sections, rows, columns, which is z, y, x.
 *
 * <p>Opening reads one kilobyte, plus padding if there is any. Safe for use by several threads; interrupting a thread
 * while it reads closes the file.
 */
public final class MrcFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final MrcHeader header;

    private MrcFile(Path file, FileChannel channel, MrcHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file and checks its header against its length.
     *
     * <p>A few extra bytes at the end are treated as padding and reported by {@link #warnings}. The file is refused if
     * they could be sections or an extended header, or are more than 1 MiB.
     *
     * @param file the path of the file
     * @return the open file, which the caller must close
     * @throws org.copick.error.NotFoundException if there is no such file
     * @throws CorruptDataException if it is not an MRC file, or longer or shorter than its header says; the message
     *     names the header field that is wrong
     * @throws org.copick.error.UnsupportedFeatureException for complex numbers and other rare elements, for other
     *     orders of axes than columns x, rows y, sections z, for stacks of volumes, and for compressed files
     */
    public static MrcFile open(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            long length = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, MrcHeader.BYTES));
            boolean filled = fill(channel, bytes, 0);
            Optional<String> compressed = MrcHeader.isNamed(bytes) ? Optional.empty() : Compression.of(bytes);
            if (compressed.isPresent()) {
                throw Compression.refusal(file, compressed.get());
            }
            if (length < MrcHeader.BYTES || !filled) {
                throw new CorruptDataException(file + " is truncated or not an MRC file: it has " + length
                        + " bytes, but the header alone has " + MrcHeader.BYTES);
            }
            FileChannel reading = channel;
            MrcFile opened = new MrcFile(
                    file, channel, MrcHeader.parse(file, bytes, length, n -> end(file, reading, length, n)));
            channel = null;
            return opened;
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        } finally {
            if (channel != null) {
                close(channel);
            }
        }
    }

    private static byte[] end(Path file, FileChannel channel, long length, int bytes) {
        ByteBuffer end = ByteBuffer.allocate(bytes);
        try {
            if (!fill(channel, end, length - bytes)) {
                throw new CorruptDataException(file + " became shorter while it was read");
            }
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        }
        return end.array();
    }

    /** {@return the number of elements along z, y, x} */
    public long[] shape() {
        MrcLayout layout = header.layout();
        return new long[] {layout.nz(), layout.ny(), layout.nx()};
    }

    /** {@return the type of the elements} */
    public DataType type() {
        return header.layout().type();
    }

    /**
     * {@return warnings about a file that can be read, each a sentence that names the file}
     *
     * <p>They report bytes after the last element, and bytes that {@linkplain #mayBeUnsigned may be unsigned}. For the
     * voxel size see {@link #voxelSizeNote()}.
     */
    public List<String> warnings() {
        return header.warnings();
    }

    /**
     * {@return whether elements read as signed bytes may be unsigned}
     *
     * <p>This is the case if the header's maximum is above 127: MRC2014 has signed bytes, but many programs wrote
     * unsigned bytes without declaring them.
     */
    public boolean mayBeUnsigned() {
        return header.mayBeUnsigned();
    }

    /**
     * {@return the voxel size in Å along all axes; empty if the axes differ by more than 0.1 % or the file does not
     * state it}
     *
     * <p>If only two axes agree, their size is returned if the third is not stated, or agrees with them once the
     * volume's own length replaces that of the grid.
     */
    public OptionalDouble voxelSize() {
        return header.voxels().size();
    }

    /**
     * {@return a note about an unusual voxel size; empty if the three axes agree}
     *
     * <p>It says why {@link #voxelSize} is empty, or where the size comes from if one axis disagrees. The text is
     * meant to follow the file's name, as in "its voxels have …".
     */
    public Optional<String> voxelSizeNote() {
        return header.voxels().note();
    }

    /** {@return the voxel sizes in Å along z, y, x, with 0 for axes that the file does not state} */
    public double[] voxelSizes() {
        return header.voxels().sizes().clone();
    }

    /**
     * {@return the elements, read from the file box by box} They are little-endian, whatever the file's byte order is.
     *
     * <p>Nothing is cached in memory. Reading throws {@link CorruptDataException} if the file has become shorter, and
     * {@link org.copick.error.ClosedException} after {@link #close}.
     */
    public BoxSource source() {
        return this::read;
    }

    private void read(Region box, ByteBuffer into) {
        long[] shape = shape();
        checkInside(shape, box);
        int size = header.layout().type().bytes();
        if (box.size() > into.remaining() / size) {
            throw new IllegalArgumentException("no room for " + box + " in " + into.remaining() + " bytes");
        }
        ByteBuffer elements = into.slice(into.position(), (int) box.size() * size);
        try {
            Runs.forEach(shape, box, (first, length) -> {
                ByteBuffer run = elements.slice(elements.position(), (int) length * size);
                if (!fill(channel, run, header.layout().dataStart() + first * size)) {
                    throw new CorruptDataException(file + " became shorter while it was read");
                }
                elements.position(elements.position() + run.limit());
            });
        } catch (IOException e) {
            throw FileFailures.of("read", file, e);
        }
        if (header.layout().order() == ByteOrder.BIG_ENDIAN) {
            swap(elements, size);
        }
    }

    private static void checkInside(long[] shape, Region box) {
        boolean inside = box.rank() == 3;
        for (int axis = 0; inside && axis < 3; axis++) {
            inside = box.step(axis) == 1 && box.length(axis) <= shape[axis] - box.start(axis);
        }
        if (!inside) {
            throw new IllegalArgumentException(
                    box + " is not a box without steps inside a volume of shape " + Arrays.toString(shape));
        }
    }

    private static void swap(ByteBuffer elements, int size) {
        if (size == 2) {
            for (int i = 0; i < elements.limit(); i += 2) {
                elements.putShort(i, Short.reverseBytes(elements.getShort(i)));
            }
        } else if (size == 4) {
            for (int i = 0; i < elements.limit(); i += 4) {
                elements.putInt(i, Integer.reverseBytes(elements.getInt(i)));
            }
        }
    }

    /** Fills the buffer from its beginning; returns false if the file ends before. */
    private static boolean fill(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        int end = bytes.limit();
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + MrcWriter.PIECE));
            if (channel.read(bytes, position + bytes.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a volume, little-endian, and replaces an existing file.
     *
     * <p>Reads the source in slabs of whole sections of at most 16 MiB, from the first section to the last.
     *
     * @param file the path of the file
     * @param shape the number of elements along z, y, x, each at least 1
     * @param type int8, int16, uint16, float16 or float32
     * @param voxelSize the voxel size along all axes in Å, above 0
     * @param source provides the elements; each is read once
     * @throws org.copick.error.UnsupportedFeatureException for other types
     * @throws IllegalArgumentException if the shape or the voxel size is invalid
     * @throws org.copick.error.AlreadyExistsException if {@code file} exists and is not a regular file
     */
    public static void write(Path file, long[] shape, DataType type, double voxelSize, BoxSource source) {
        check(shape, voxelSize);
        write(file, shape, type, voxelSize, source, MrcWriter.slab(shape, type));
    }

    /**
     * Writes a volume, little-endian, and replaces an existing file.
     *
     * @param file the path of the file
     * @param shape the number of elements along z, y, x, each at least 1
     * @param type int8, int16, uint16, float16 or float32
     * @param voxelSize the voxel size along all axes in Å, above 0
     * @param source provides the elements; each is read once
     * @param box the shape of the boxes to read, along z, y, x; boxes at the far sides are smaller. Best is the chunk
     *     shape of a stored array, because each chunk is then decoded only once. One box is held in memory
     * @throws org.copick.error.UnsupportedFeatureException for other types
     * @throws IllegalArgumentException if the shape, the voxel size or the box is invalid
     * @throws org.copick.error.AlreadyExistsException if {@code file} exists and is not a regular file
     */
    public static void write(Path file, long[] shape, DataType type, double voxelSize, BoxSource source, long[] box) {
        check(shape, voxelSize);
        if (box.length != 3 || Arrays.stream(box).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("cannot write a volume in boxes of " + Arrays.toString(box));
        }
        long[] clipped = {Math.min(shape[0], box[0]), Math.min(shape[1], box[1]), Math.min(shape[2], box[2])};
        if (Region.all(clipped).size() > Integer.MAX_VALUE / type.bytes()) {
            throw new IllegalArgumentException("a box of " + Arrays.toString(clipped) + " is too large");
        }
        int mode = MrcMode.of(type, file);
        ReplacedFile.write(
                file, channel -> new MrcWriter(channel, type, shape.clone(), clipped, source).write(mode, voxelSize));
    }

    private static void check(long[] shape, double voxelSize) {
        if (shape.length != 3 || Arrays.stream(shape).anyMatch(n -> n < 1 || n > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("MRC cannot hold a volume of shape " + Arrays.toString(shape));
        }
        for (long length : shape) {
            float cell = (float) (voxelSize * length); // as the header holds it
            if (!(cell >= Float.MIN_NORMAL && cell <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException("the voxel size cannot be " + voxelSize + " Å");
            }
        }
    }

    /** Closes the file. Its sources cannot be read any more. */
    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // ignored, because nothing was written to the file
        }
    }
}
