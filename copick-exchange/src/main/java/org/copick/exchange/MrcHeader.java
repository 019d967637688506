package org.copick.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;

/**
 * The first kilobyte of an MRC file, as far as it describes the layout and size of the elements.
 *
 * @param mayBeUnsigned whether bytes are read as signed although the header's maximum is above 127
 * @param warnings warnings for the user about a file that can be read
 */
record MrcHeader(MrcLayout layout, MrcVoxels voxels, boolean mayBeUnsigned, List<String> warnings) {
    static final int BYTES = 1024;

    private static final int MODE = 12;
    private static final int GRID = 28;
    private static final int CELL = 40;
    private static final int ANGLES = 52;
    private static final int AXES = 64;
    private static final int STATISTICS = 76;
    private static final int GREATEST = 80;
    private static final int SPACE_GROUP = 88;
    private static final int VERSION = 108;
    private static final int IMOD_STAMP = 152;
    private static final int IMOD_FLAGS = 156;
    private static final int MAP = 208;
    private static final int STAMP = 212;
    private static final int RMS = 216;
    private static final int LABELS = 220;
    private static final int LABEL_LENGTH = 80;
    private static final int VOLUME = 1;
    private static final int FORMAT_VERSION = 20141;

    /** IMOD's stamp, "IMOD" as little-endian bytes. */
    private static final int IMOD = 1146047817;

    private static final int IMOD_SIGNED = 1;
    private static final int IMOD_HALF_BYTES = 16;

    /**
     * Reads and checks a header.
     *
     * @param bytes the header, {@link #BYTES} bytes
     * @param fileLength the length of the whole file, in bytes
     * @param end reads the file's last bytes
     */
    static MrcHeader parse(Path file, ByteBuffer bytes, long fileLength, MrcLayout.Tail end) {
        ByteBuffer fields = bytes.duplicate().order(MrcLayout.order(file, bytes, fileLength));
        DataType type = type(file, fields);
        MrcLayout layout = MrcLayout.of(file, fields, type, fileLength);
        checkAxes(file, fields);
        checkStack(file, fields, layout.nz());
        List<String> warnings = new ArrayList<>(layout.judgeTail(fields, end));
        float greatest = fields.getFloat(GREATEST);
        boolean mayBeUnsigned = type == DataType.INT8 && fields.getInt(IMOD_STAMP) != IMOD && greatest > Byte.MAX_VALUE;
        if (mayBeUnsigned) {
            warnings.add(file
                    + ": bytes were read as signed and may be unsigned, because the header says that the greatest is "
                    + DecimalText.plain(greatest) + " (dmax, at byte " + GREATEST
                    + "); if they are unsigned, convert the file to 16 bits"
                    + " first, with a program such as IMOD's newstack (-mode 1)");
        }
        return new MrcHeader(layout, MrcVoxels.of(fields), mayBeUnsigned, List.copyOf(warnings));
    }

    /** Returns whether "MAP" is at MRC2014's place. */
    static boolean isNamed(ByteBuffer bytes) {
        return bytes.limit() >= MAP + 3
                && bytes.get(MAP) == 'M'
                && bytes.get(MAP + 1) == 'A'
                && bytes.get(MAP + 2) == 'P';
    }

    /** Returns the type of the mode. Bytes are signed as in MRC2014, but IMOD has its own fields for that. */
    private static DataType type(Path file, ByteBuffer fields) {
        int mode = fields.getInt(MODE);
        DataType type = MrcMode.type(mode, file);
        if (type != DataType.INT8 || fields.getInt(IMOD_STAMP) != IMOD) {
            return type;
        }
        int flags = fields.getInt(IMOD_FLAGS);
        if ((flags & IMOD_HALF_BYTES) != 0) {
            throw new UnsupportedFeatureException(
                    "cannot read " + file + ": its bytes hold two numbers of four bits each" + " (imodFlags " + flags
                            + "); convert it to bytes with IMOD's newstack first");
        }
        return (flags & IMOD_SIGNED) != 0 ? DataType.INT8 : DataType.UINT8;
    }

    private static void checkAxes(Path file, ByteBuffer fields) {
        int columns = fields.getInt(AXES);
        int rows = fields.getInt(AXES + 4);
        int sections = fields.getInt(AXES + 8);
        boolean unsaid = columns == 0 && rows == 0 && sections == 0;
        if (!unsaid && !(columns == 1 && rows == 2 && sections == 3)) {
            throw new UnsupportedFeatureException("cannot read " + file + ": its columns, rows and sections lie along "
                    + "the axes " + columns + ", " + rows + ", " + sections
                    + " (mapc, mapr, maps); only 1, 2, 3, which is x, y, z, is supported; reorder them first, with a"
                    + " program such as IMOD's trimvol (-rx or -yz)");
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

    /** Returns the bytes of a header for a volume that was written completely. */
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
