package org.copick.exchange;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.zarr.DataType;

/** MRC's numbers for types of elements. */
final class MrcMode {
    private static final Map<Integer, DataType> TYPES = Map.of(
            0, DataType.INT8,
            1, DataType.INT16,
            2, DataType.FLOAT32,
            6, DataType.UINT16,
            12, DataType.FLOAT16);
    private static final Map<Integer, String> UNSUPPORTED =
            Map.of(3, "complex whole numbers", 4, "complex numbers", 16, "colours", 101, "numbers of four bits");
    private static final String KNOWN = "int8 (0), int16 (1), float32 (2), uint16 (6) and float16 (12)";

    private MrcMode() {}

    static boolean isKnown(int mode) {
        return TYPES.containsKey(mode) || UNSUPPORTED.containsKey(mode);
    }

    /** The type of a mode that can be read. */
    static Optional<DataType> type(int mode) {
        return Optional.ofNullable(TYPES.get(mode));
    }

    static DataType type(int mode, Path file) {
        if (UNSUPPORTED.containsKey(mode)) {
            throw new UnsupportedFeatureException("cannot read " + file + ": its elements are " + UNSUPPORTED.get(mode)
                    + " (mode " + mode + "); read are " + KNOWN);
        }
        return type(mode)
                .orElseThrow(() -> new CorruptDataException(
                        file + " is no MRC file or damaged: mode " + mode + " does not exist; read are " + KNOWN));
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
