package org.copick.storage.remote;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.copick.error.CorruptDataException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Support for objects stored with {@code Content-Encoding: gzip}. Their content is the decompressed data, as browsers
 * show it. To read a part of such an object or to get its size, the whole object is read.
 */
public final class GzipObjects {
    /** The two names of this encoding; see RFC 9110, section 8.4.1.3. */
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    /** Encodings that do not change the stored bytes. */
    private static final Set<String> NONE = Set.of("", "identity", "aws-chunked");

    /** Most characters of an encoding's name that a message shows. */
    private static final int MOST_SHOWN = 60;

    private GzipObjects() {}

    /**
     * {@return whether a header {@code Content-Encoding} states that an object is compressed, by any method}
     *
     * @param contentEncoding the header's value, or null if there is none
     */
    public static boolean isPacked(@Nullable String contentEncoding) {
        return !encodings(contentEncoding).isEmpty();
    }

    private static List<String> encodings(@Nullable String header) {
        String names = header == null ? "" : header.toLowerCase(Locale.ROOT);
        return Arrays.stream(names.split("[\\s,]+"))
                .filter(name -> !NONE.contains(name))
                .toList();
    }

    /**
     * Decompresses an object that was read whole; returns an uncompressed one unchanged.
     *
     * @param stored the result of a request for the whole object
     * @param contentEncoding the value of the object's header {@code Content-Encoding}, or null
     * @param where the object's location, for messages
     * @return the decompressed object with the size of its content; an absent or changed object as it is
     * @throws CorruptDataException if the content is not valid gzip data, or is truncated
     * @throws UnsupportedFeatureException if the encoding is another one; the message names it
     * @throws IOException if reading the compressed bytes fails
     * @throws StorageException if the content does not fit into memory
     */
    public static Part unpacked(Part stored, @Nullable String contentEncoding, String where) throws IOException {
        List<String> encodings = encodings(contentEncoding);
        if (encodings.isEmpty()) {
            return stored;
        }
        if (encodings.size() > 1 || !GZIP.contains(encodings.get(0))) {
            throw new UnsupportedFeatureException("cannot read " + where + ": it is stored with Content-Encoding \""
                    + shortened(String.join(", ", encodings)) + "\"; store it without, or with gzip");
        }
        if (!stored.isThere()) {
            return stored;
        }
        ObjectInfo info = stored.info();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored.bytes()))) {
            byte[] content = all(in, where);
            return Part.there(new ObjectInfo(info.key(), content.length, info.version()), content);
        } catch (ZipException | EOFException e) {
            throw new CorruptDataException(
                    "cannot read " + where
                            + ": its Content-Encoding is gzip, but its bytes are not complete gzip data; store it again",
                    e);
        }
    }

    /** Returns what a message can show of a text that a service chooses. */
    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream, which is not closed
     * @param where the object's location, for messages
     * @return the bytes of the stream
     * @throws IOException if the stream cannot be read
     * @throws StorageException if the bytes do not fit into memory
     */
    public static byte[] all(InputStream in, String where) throws IOException {
        int most = Download.mostBytes() / 3; // assembling it from pieces takes more memory than the result
        byte[] bytes = in.readNBytes(most);
        if (bytes.length == most && in.read() >= 0) {
            throw new StorageException(
                    "cannot read " + where + ": its content does not fit into the memory of this program",
                    new IllegalStateException("more than " + most + " bytes"));
        }
        return bytes;
    }

    /**
     * {@return a range of an object that was read whole; an absent or changed object as it is}
     *
     * @param whole the result of a request for the whole object
     * @param range the range to return, cut at the object's end
     */
    public static Part cut(Part whole, ByteRange range) {
        if (!whole.isThere()) {
            return whole;
        }
        byte[] bytes = whole.bytes();
        int from = (int) range.startIn(bytes.length);
        return Part.there(whole.info(), Arrays.copyOfRange(bytes, from, from + (int) range.lengthIn(bytes.length)));
    }
}
