package org.copick.exchange;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.copick.error.UnsupportedFeatureException;

/** Programs that compress files, by the bytes that their files begin with. */
final class Compression {
    /** Bytes that have to be there for all of them to be known. */
    static final int BYTES = 6;

    private static final Map<String, byte[]> BEGINNINGS = Map.of(
            "gzip", new byte[] {0x1f, (byte) 0x8b, 8},
            "bzip2", new byte[] {'B', 'Z', 'h'},
            "zip", new byte[] {'P', 'K', 3, 4},
            "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});

    private Compression() {}

    /** The program, if the bytes from the buffer's beginning to its limit are of one. */
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
