package org.copick.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Checksums and sizes that show whether peers did the same work. */
final class Checks {
    private static final int AT_ONCE = 1 << 16;

    private Checks() {}

    /** Returns the CRC32 of the bytes of all parts in order, with floats in little-endian order. */
    static String crc(List<?> parts) {
        CRC32 crc = new CRC32();
        for (Object part : parts) {
            if (part instanceof byte[] labels) {
                crc.update(labels);
            } else if (part instanceof ByteBuffer bytes) {
                crc.update(bytes.duplicate());
            } else {
                float[] values = (float[]) part;
                update(crc, values, values.length);
            }
        }
        return text(crc);
    }

    /** Adds the first elements of an array to a checksum. */
    static void update(CRC32 crc, float[] values, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, length - from);
            bytes.asFloatBuffer().put(values, from, count);
            crc.update(bytes.array(), 0, Float.BYTES * count);
        }
    }

    static String text(CRC32 crc) {
        return "crc32:" + crc.getValue();
    }

    /** Returns the sum of the bits of all elements, which is equal in every order. */
    static String sumOfBits(float[] elements) {
        long sum = 0;
        for (float element : elements) {
            sum += Float.floatToIntBits(element);
        }
        return "bits:" + sum;
    }

    static String bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return "bytes:"
                    + files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
