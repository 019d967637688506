package org.copick.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;

/**
 * The first kilobyte of an MRC file, as far as it says where the elements lie.
 *
 * @param dataStart where the elements begin, in bytes
 * @param nz sections
 * @param ny rows of a section
 * @param nx columns
 * @param sizeZ of a voxel along z in Å; 0 where the file does not say
 * @param sizeY along y
 * @param sizeX along x
 */
record MrcHeader(
        ByteOrder order,
        DataType type,
        long dataStart,
        int nz,
        int ny,
        int nx,
        double sizeZ,
        double sizeY,
        double sizeX) {
    static final int BYTES = 1024;

    private static final int MODE = 12;
    private static final int GRID = 28;
    private static final int CELL = 40;
    private static final int ANGLES = 52;
    private static final int AXES = 64;
    private static final int STATISTICS = 76;
    private static final int SPACE_GROUP = 88;
    private static final int EXTENDED_HEADER = 92;
    private static final int VERSION = 108;
    private static final int MAP = 208;
    private static final int STAMP = 212;
    private static final int RMS = 216;
    private static final int LABELS = 220;
    private static final int LABEL_LENGTH = 80;
    private static final int VOLUME = 1;
    private static final int FORMAT_VERSION = 20141;

    /**
     * Reads and checks a header.
     *
     * @param bytes {@link #BYTES} of them
     * @param fileLength of the whole file, in bytes
     */
    static MrcHeader parse(Path file, ByteBuffer bytes, long fileLength) {
        ByteOrder stated = bytes.get(STAMP) == 0x11 && bytes.get(STAMP + 1) == 0x11
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        ByteOrder other = stated == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer fields = bytes.duplicate().order(stated);
        ByteBuffer swapped = bytes.duplicate().order(other);
        boolean exact = isExact(fields, fileLength);
        // files with a wrong stamp or none are about; a header that accounts for every byte of the file is believed
        if (!exact && isExact(swapped, fileLength)) {
            fields = swapped;
            exact = true;
        }
        if (!exact && !hasMapName(bytes)) {
            throw new CorruptDataException(file + " is no MRC file: \"MAP\" is missing at byte " + MAP);
        }
        if (!MrcMode.isKnown(fields.getInt(MODE)) && MrcMode.isKnown(swapped.getInt(MODE))) {
            fields = swapped;
        }
        return checked(file, fields, fileLength);
    }

    private static boolean hasMapName(ByteBuffer bytes) {
        return bytes.get(MAP) == 'M' && bytes.get(MAP + 1) == 'A' && bytes.get(MAP + 2) == 'P';
    }

    private static boolean isExact(ByteBuffer fields, long fileLength) {
        int nx = fields.getInt(0);
        int ny = fields.getInt(4);
        int nz = fields.getInt(8);
        int extended = fields.getInt(EXTENDED_HEADER);
        if (nx <= 0 || ny <= 0 || nz <= 0 || extended < 0) {
            return false;
        }
        long rest = fileLength - BYTES - extended;
        return MrcMode.type(fields.getInt(MODE))
                .filter(type -> rest % type.bytes() == 0)
                .map(type -> rest / type.bytes())
                .filter(elements -> elements % nx == 0 && elements / nx % ny == 0 && elements / nx / ny == nz)
                .isPresent();
    }

    private static MrcHeader checked(Path file, ByteBuffer fields, long fileLength) {
        int nx = fields.getInt(0);
        int ny = fields.getInt(4);
        int nz = fields.getInt(8);
        DataType type = MrcMode.type(fields.getInt(MODE), file);
        if (nx <= 0 || ny <= 0 || nz <= 0) {
            throw new CorruptDataException(
                    file + " is damaged: it says that it has " + nx + " × " + ny + " × " + nz + " voxels (x, y, z)");
        }
        int extended = fields.getInt(EXTENDED_HEADER);
        if (extended < 0 || extended > fileLength - BYTES) {
            throw new CorruptDataException(file + " is damaged: its extended header would have " + extended
                    + " bytes, the whole file has " + fileLength);
        }
        checkAxes(file, fields);
        checkStack(file, fields, nz);
        checkLength(file, BYTES + (long) extended, nx, ny, nz, type, fileLength);
        return new MrcHeader(
                fields.order(),
                type,
                BYTES + (long) extended,
                nz,
                ny,
                nx,
                voxelSize(fields, 2),
                voxelSize(fields, 1),
                voxelSize(fields, 0));
    }

    private static void checkAxes(Path file, ByteBuffer fields) {
        int columns = fields.getInt(AXES);
        int rows = fields.getInt(AXES + 4);
        int sections = fields.getInt(AXES + 8);
        boolean unsaid = columns == 0 && rows == 0 && sections == 0;
        if (!unsaid && !(columns == 1 && rows == 2 && sections == 3)) {
            throw new UnsupportedFeatureException("cannot read " + file + ": its columns, rows and sections lie along "
                    + "the axes " + columns + ", " + rows + ", " + sections
                    + " (mapc, mapr, maps); read are only 1, 2, 3, which is x, y, z; reorder them first");
        }
    }

    private static void checkStack(Path file, ByteBuffer fields, int nz) {
        int group = fields.getInt(SPACE_GROUP);
        int sections = fields.getInt(GRID + 8);
        if (group >= 401 && group <= 630 && sections != nz) {
            throw new UnsupportedFeatureException("cannot read " + file + ": it is a stack of volumes (space group "
                    + group + ", " + sections + " of " + nz + " sections each); save one volume per file first");
        }
    }

    private static void checkLength(Path file, long dataStart, int nx, int ny, int nz, DataType type, long fileLength) {
        String elements = nx + " × " + ny + " × " + nz + " " + type + " (x, y, z)";
        long expected;
        try {
            expected = Math.addExact(
                    dataStart, Math.multiplyExact((long) nx * ny, Math.multiplyExact((long) nz, type.bytes())));
        } catch (ArithmeticException e) {
            throw new CorruptDataException(file + " is damaged: no file holds " + elements, e);
        }
        if (fileLength != expected) {
            throw new CorruptDataException(
                    file + " is " + (fileLength < expected ? "truncated" : "damaged or something else") + ": with "
                            + elements + " it should have " + expected + " bytes, but has " + fileLength);
        }
    }

    private static double voxelSize(ByteBuffer fields, int axis) {
        double size = (float) ((double) fields.getFloat(CELL + 4 * axis) / fields.getInt(GRID + 4 * axis));
        return size > 0 && size < Double.POSITIVE_INFINITY ? size : 0;
    }

    /** The bytes of a header for a volume that was written whole. */
    static ByteBuffer bytes(int mode, long[] shape, double voxelSize, MrcStatistics statistics) {
        ByteBuffer fields = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int axis = 0; axis < 3; axis++) {
            int length = Math.toIntExact(shape[2 - axis]);
            fields.putInt(4 * axis, length);
            fields.putInt(GRID + 4 * axis, length);
            fields.putFloat(CELL + 4 * axis, (float) (voxelSize * length));
            fields.putFloat(ANGLES + 4 * axis, 90);
            fields.putInt(AXES + 4 * axis, axis + 1);
        }
        fields.putInt(MODE, mode);
        fields.putFloat(STATISTICS, (float) statistics.minimum());
        fields.putFloat(STATISTICS + 4, (float) statistics.maximum());
        fields.putFloat(STATISTICS + 8, (float) statistics.mean());
        fields.putFloat(RMS, (float) statistics.deviation());
        fields.putInt(SPACE_GROUP, VOLUME);
        fields.putInt(VERSION, FORMAT_VERSION);
        fields.put(MAP, "MAP ".getBytes(StandardCharsets.US_ASCII));
        fields.put(STAMP, new byte[] {0x44, 0x44});
        fields.putInt(LABELS, 1);
        String label = "Created by copick for Java";
        fields.put(LABELS + 4, (label + " ".repeat(LABEL_LENGTH - label.length())).getBytes(StandardCharsets.US_ASCII));
        return fields;
    }
}
