package org.copick.exchange;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.copick.error.UnsupportedFeatureException;

/** Recognises compressed files by their first bytes. */
final class Compression {
    /** The number of bytes needed to recognise every program. */
    static final int BYTES = 6;

    private static final Map<String, byte[]> BEGINNINGS = Map.of(
            "gzip", new byte[] {0x1f, (byte) 0x8b, 8},
            "bzip2", new byte[] {'B', 'Z', 'h'},
            "zip", new byte[] {'P', 'K', 3, 4},
            "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});

    private Compression() {}

    /**
     * Returns the program that compressed a file, if any.
     *
     * @param beginning the first bytes of the file, from the buffer's beginning to its limit
     */
    static Optional<String> of(ByteBuffer beginning) {
        return BEGINNINGS.entrySet().stream()
                .filter(known -> begins(beginning, known.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean begins(ByteBuffer file, byte[] with) {
        return file.limit() >= with.length
                && file.duplicate().clear().slice(0, with.length).equals(ByteBuffer.wrap(with));
    }

    static UnsupportedFeatureException refusal(Path file, String program) {
        return new UnsupportedFeatureException(file + " is compressed by " + program + "; unpack it first");
    }
}
