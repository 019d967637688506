package org.copick.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.copick.error.CorruptDataException;
import org.copick.zarr.DataType;

/**
 * The layout of the elements in an MRC file, derived from its header and its length.
 *
 * @param dataStart the offset of the first element, in bytes
 * @param tail the number of bytes after the last element; negative in truncated files
 */
record MrcLayout(Path file, ByteOrder order, DataType type, int nz, int ny, int nx, long dataStart, long tail) {
    /**
     * Most bytes at the end of a file that are treated as padding: more are probably a volume that the header does not
     * count.
     */
    static final int LONGEST_TAIL = 1 << 20;

    private static final int MODE = 12;
    private static final int AXES = 64;
    private static final int EXTENDED_HEADER = 92;
    private static final int EXTENDED_TYPE = 104;
    private static final int MAP = 208;
    private static final int STAMP = 212;
    private static final Set<String> EXTENDED_TYPES = Set.of("CCP4", "MRCO", "SERI", "AGAR", "FEI1", "FEI2", "HDF5");

    /** Reads the end of a file. */
    @FunctionalInterface
    interface Tail {
        /** Returns the last {@code length} bytes. */
        byte[] read(int length);
    }

    /**
     * Determines the byte order.
     *
     * <p>It is the one in which the header accounts for every byte of the file, otherwise the one in which it accounts
     * for nearly all bytes, otherwise that of the stamp.
     */
    static ByteOrder order(Path file, ByteBuffer header, long fileLength) {
        ByteOrder stated = header.get(STAMP) == 0x11 && header.get(STAMP + 1) == 0x11
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        ByteOrder other = stated == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer fields = header.duplicate().order(stated);
        ByteBuffer swapped = header.duplicate().order(other);
        // some files have a wrong stamp or none, so a header that accounts for the file's length is trusted more
        for (int most : new int[] {0, LONGEST_TAIL}) {
            if (accounts(fields, fileLength, most)) {
                return checkSigned(file, fields, most);
            }
            if (accounts(swapped, fileLength, most)) {
                return checkSigned(file, swapped, most);
            }
        }
        checkSigned(file, fields, 1);
        boolean otherKnown = !MrcMode.isKnown(fields.getInt(MODE)) && MrcMode.isKnown(swapped.getInt(MODE));
        return otherKnown ? other : stated;
    }

    private static boolean accounts(ByteBuffer fields, long fileLength, int most) {
        int nx = fields.getInt(0);
        int ny = fields.getInt(4);
        int nz = fields.getInt(8);
        int extended = fields.getInt(EXTENDED_HEADER);
        if (nx <= 0 || ny <= 0 || nz <= 0 || extended < 0) {
            return false;
        }
        return MrcMode.type(fields.getInt(MODE))
                .map(type -> fileLength - MrcHeader.BYTES - extended - bytes(nx, ny, nz, type))
                .filter(tail -> tail >= 0 && tail <= most)
                .isPresent();
    }

    /**
     * Refuses a file without "MAP" and without the usual axes, unless its length matches its header.
     *
     * <p>Files older than MRC2014 have no "MAP".
     */
    private static ByteOrder checkSigned(Path file, ByteBuffer fields, int tail) {
        Set<Integer> axes =
                new HashSet<>(List.of(fields.getInt(AXES), fields.getInt(AXES + 4), fields.getInt(AXES + 8)));
        if (tail > 0 && !MrcHeader.isNamed(fields) && !axes.equals(Set.of(1, 2, 3))) {
            throw new CorruptDataException(file + " is not an MRC file: \"MAP\" is missing at byte " + MAP);
        }
        return fields.order();
    }

    /** Returns the size of the elements in bytes; the largest long if no file can hold them. */
    private static long bytes(int nx, int ny, int nz, DataType type) {
        try {
            return Math.multiplyExact((long) nx * ny, Math.multiplyExact((long) nz, type.bytes()));
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Determines the layout of a file.
     *
     * @param fields the header, in its byte order
     * @throws CorruptDataException if the file is shorter than its header says
     */
    static MrcLayout of(Path file, ByteBuffer fields, DataType type, long fileLength) {
        int nx = fields.getInt(0);
        int ny = fields.getInt(4);
        int nz = fields.getInt(8);
        if (nx <= 0 || ny <= 0 || nz <= 0) {
            throw new CorruptDataException(
                    file + " is damaged: its header gives it " + nx + " × " + ny + " × " + nz + " voxels (x, y, z)");
        }
        String elements = nx + " × " + ny + " × " + nz + " " + type + " (x, y, z)";
        long bytes = bytes(nx, ny, nz, type);
        if (bytes == Long.MAX_VALUE || bytes > Long.MAX_VALUE - Integer.MAX_VALUE - MrcHeader.BYTES) {
            throw new CorruptDataException(
                    file + " is damaged: its header counts " + elements + ", more than any file holds");
        }
        int extended = fields.getInt(EXTENDED_HEADER);
        if (extended < 0) {
            throw new CorruptDataException(file + " is damaged: its header says that the extended header has "
                    + extended + " bytes (field nsymbt, at byte " + EXTENDED_HEADER + ")");
        }
        long expected = (long) MrcHeader.BYTES + extended + bytes;
        if (fileLength < expected) {
            boolean fits = fileLength >= MrcHeader.BYTES + bytes;
            throw new CorruptDataException(
                    fits
                            ? file + " is damaged: its header counts an extended header of " + extended
                                    + " bytes (field nsymbt, at byte " + EXTENDED_HEADER + "), but there is "
                                    + absence(fileLength - MrcHeader.BYTES - bytes) + ": with " + elements
                                    + " it should have " + expected + " bytes, but has " + fileLength
                                    + "; set nsymbt to 0 if the extended header was not copied, or copy the file again"
                            : file + " is truncated: with " + elements + " it should have " + expected
                                    + " bytes, but has " + fileLength);
        }
        return new MrcLayout(
                file, fields.order(), type, nz, ny, nx, MrcHeader.BYTES + (long) extended, fileLength - expected);
    }

    private static String absence(long there) {
        return there == 0 ? "none" : "only room for " + there + " bytes of one";
    }

    /**
     * Checks the bytes after the last element.
     *
     * @param fields the header, in its byte order
     * @return warnings for the user
     * @throws CorruptDataException if they may be part of the volume, or are too many to be padding
     */
    List<String> judgeTail(ByteBuffer fields, Tail end) {
        if (tail == 0) {
            return List.of();
        }
        String counted = file + " is damaged or not an MRC file: its header counts " + nx + " × " + ny + " × " + nz
                + " " + type + " (x, y, z), but " + tail + " bytes follow them";
        if (tail > LONGEST_TAIL) {
            throw new CorruptDataException(counted + "; correct the number of sections (field nz, at byte 8) or cut"
                    + " the file to " + (dataStart + bytes(nx, ny, nz, type)) + " bytes");
        }
        boolean blank = isBlank(end.read((int) tail));
        long section = (long) nx * ny * type.bytes();
        if (!blank && tail % section == 0) {
            throw new CorruptDataException(counted + ", which could be " + tail / section
                    + " more sections; correct the number of sections (field nz, at byte 8) or cut the file");
        }
        String extendedType = extendedType(fields);
        if (!blank && dataStart == MrcHeader.BYTES && EXTENDED_TYPES.contains(extendedType)) {
            throw new CorruptDataException(counted + "; it names an extended header (" + extendedType
                    + ") without a length: correct the length (field nsymbt, at byte " + EXTENDED_HEADER + ")");
        }
        return List.of(file + " is longer than its header says: " + tail
                + (tail == 1 ? " byte after the last voxel was" : " bytes after the last voxel were") + " left out"
                + (blank ? "" : ", though not all are 0"));
    }

    private static String extendedType(ByteBuffer fields) {
        byte[] name = new byte[4];
        fields.get(EXTENDED_TYPE, name);
        return new String(name, StandardCharsets.ISO_8859_1).strip().toUpperCase(Locale.ROOT);
    }

    /** Returns whether all bytes are zeros, spaces or line ends, which nobody stores on purpose. */
    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0 && b != '\n' && b != '\r' && b != ' ' && b != 0x1a) {
                return false;
            }
        }
        return true;
    }
}
