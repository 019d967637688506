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
 * A volume in an MRC2014 file (.mrc, .rec, .map, .mrcs, .st, .ali), opened for reading. Its elements are int8, uint8, int16, uint16,
 * float16 or float32, in either byte order; extended headers are skipped. Bytes are signed unless IMOD wrote the file and
 * says otherwise ({@code imodStamp} and {@code imodFlags}). Arrays are as stored: sections, rows, columns, which is z, y,
 * x.
 *
 * <p>Opening reads one kilobyte, and padding if there is any. May be used by many threads at once; interrupting one while it
 * reads closes the file.
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
     * Opens a file and checks its header against its length. A few bytes more than the header counts are padding: {@link
     * #warnings} says so. They are refused when they may be sections, an extended header, or are more than 1 MiB.
     *
     * @throws org.copick.error.NotFoundException when there is no such file
     * @throws CorruptDataException when it is no MRC file, or longer or shorter than its header says;
     *     it names the header's field that does not fit
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
                throw new CorruptDataException(file + " is no MRC file or truncated: it has " + length
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

    /** Elements along z, y, x. */
    public long[] shape() {
        MrcLayout layout = header.layout();
        return new long[] {layout.nz(), layout.ny(), layout.nx()};
    }

    /** The type of the elements. */
    public DataType type() {
        return header.layout().type();
    }

    /**
     * Returns warnings about a file that can be read: how many bytes follow its last element, and that bytes
     * {@linkplain #mayBeUnsigned may be unsigned}. Each is a sentence that names the file. {@link #voxelSizeNote()} is about the
     * voxel size.
     */
    public List<String> warnings() {
        return header.warnings();
    }

    /**
     * Whether bytes are read as signed, as MRC2014 has them, although the greatest that the header names is above 127:
     * many programs wrote unsigned bytes without saying so.
     */
    public boolean mayBeUnsigned() {
        return header.mayBeUnsigned();
    }

    /**
     * The size of a voxel in Å along every axis, to 0.1 %; empty when the axes do not agree or the file does not say.
     * When two axes agree and the third says nothing, it is theirs.
     */
    public OptionalDouble voxelSize() {
        return header.voxels().size();
    }

    /**
     * Returns what is odd about the voxel size: why {@link #voxelSize} is empty, or what it was taken from when one axis
     * disagrees. Empty when the three axes agree. The text follows the name of the file, as in "its voxels have …".
     */
    public Optional<String> voxelSizeNote() {
        return header.voxels().note();
    }

    /** The sizes of a voxel in Å along z, y, x; 0 where the file does not say. */
    public double[] voxelSizes() {
        return header.voxels().sizes().clone();
    }

    /**
     * The elements, read from the file box by box; little-endian whatever the file is. Nothing is kept in memory.
     * Reading throws {@link CorruptDataException} when the file became shorter, and {@link
     * org.copick.error.ClosedException} after {@link #close}.
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
                    box + " is no box without steps inside a volume of shape " + Arrays.toString(shape));
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

    /** Fills the buffer from its beginning; false when the file ends before. */
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
     * Writes a volume, little-endian, and replaces the file if there is one. Asks for slabs of whole sections of at most
     * 16 MiB, the first sections first.
     *
     * @param shape elements along z, y, x, each at least 1
     * @param type int8, int16, uint16, float16 or float32
     * @param voxelSize in Å, along every axis
     * @param source asked for each element once
     * @throws org.copick.error.UnsupportedFeatureException for other types
     */
    public static void write(Path file, long[] shape, DataType type, double voxelSize, BoxSource source) {
        check(shape, voxelSize);
        write(file, shape, type, voxelSize, source, MrcWriter.slab(shape, type));
    }

    /**
     * Writes a volume, little-endian, and replaces the file if there is one.
     *
     * @param shape elements along z, y, x, each at least 1
     * @param type int8, int16, uint16, float16 or float32
     * @param voxelSize in Å, along every axis
     * @param source asked for each element once
     * @param box the boxes to ask for, along z, y, x, smaller at the far sides; best the chunks of a stored array, each
     *     of which is then decoded only once; one box is held in memory
     * @throws org.copick.error.UnsupportedFeatureException for other types
     */
    public static void write(Path file, long[] shape, DataType type, double voxelSize, BoxSource source, long[] box) {
        check(shape, voxelSize);
        if (box.length != 3 || Arrays.stream(box).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("no volume is written in boxes of " + Arrays.toString(box));
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
            throw new IllegalArgumentException("MRC holds no volume of shape " + Arrays.toString(shape));
        }
        if (!(voxelSize > 0 && voxelSize < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a voxel cannot have " + voxelSize + " Å");
        }
    }

    /** Closes the file; sources of it cannot be read any more. */
    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing was written to it
        }
    }
}
