package org.copick.exchange;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;

/** MRC's mode numbers for types of elements. */
final class MrcMode {
    private static final Map<Integer, DataType> TYPES = Map.of(
            0, DataType.INT8,
            1, DataType.INT16,
            2, DataType.FLOAT32,
            6, DataType.UINT16,
            12, DataType.FLOAT16);
    private static final String CONVERT =
            "convert it to one of them first, with a program such as IMOD's newstack (-mode)";
    private static final String TRANSFORM = "transform it back to a volume first";

    /** The elements of an unsupported mode, and advice for converting them. */
    private record Unsupported(String elements, String remedy) {}

    private static final Map<Integer, Unsupported> UNSUPPORTED = Map.of(
            3, new Unsupported("complex whole numbers", TRANSFORM),
            4, new Unsupported("complex numbers", TRANSFORM),
            16, new Unsupported("colours", CONVERT),
            101, new Unsupported("numbers of four bits", CONVERT));
    private static final String KNOWN = "int8 (0), int16 (1), float32 (2), uint16 (6) and float16 (12)";

    private MrcMode() {}

    static boolean isKnown(int mode) {
        return TYPES.containsKey(mode) || UNSUPPORTED.containsKey(mode);
    }

    /** Returns the type of a supported mode. */
    static Optional<DataType> type(int mode) {
        return Optional.ofNullable(TYPES.get(mode));
    }

    static DataType type(int mode, Path file) {
        Unsupported unsupported = UNSUPPORTED.get(mode);
        if (unsupported != null) {
            throw new UnsupportedFeatureException("cannot read " + file + ": its elements are " + unsupported.elements()
                    + " (mode " + mode + "); supported are " + KNOWN + "; " + unsupported.remedy());
        }
        return type(mode)
                .orElseThrow(() -> new CorruptDataException(file + " is damaged or not an MRC file: mode " + mode
                        + " does not exist; supported are " + KNOWN));
    }

    static int of(DataType type, Path file) {
        return TYPES.entrySet().stream()
                .filter(known -> known.getValue() == type)
                .findFirst()
                .orElseThrow(() -> new UnsupportedFeatureException("cannot write " + file + ": MRC has no mode for "
                        + type + "; it has " + KNOWN + "; convert the elements first"))
                .getKey();
    }
}
