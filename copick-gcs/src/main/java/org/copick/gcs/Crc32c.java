package org.copick.gcs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The service's checksums: CRC32C, big-endian, in base64. */
final class Crc32c {
    private static final Pattern IN_HEADER = Pattern.compile("(?:^|[, ])crc32c=([A-Za-z0-9+/]{6}==)");

    private Crc32c() {}

    static String of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return text(crc);
    }

    static String text(CRC32C crc) {
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /**
     * Checks bytes against the checksum that came with them.
     *
     * @param hashes the headers {@code x-goog-hash}; without a CRC32C among them nothing is checked
     */
    static void require(byte[] bytes, String hashes, String where) throws GcsFailures.DamagedException {
        Matcher matcher = IN_HEADER.matcher(hashes);
        if (matcher.find() && !matcher.group(1).equals(of(bytes))) {
            throw new GcsFailures.DamagedException(
                    "the CRC32C of " + where + " is " + of(bytes) + ", not " + matcher.group(1));
        }
    }
}
