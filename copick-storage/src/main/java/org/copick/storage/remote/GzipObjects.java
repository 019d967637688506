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
 * Objects that are stored with {@code Content-Encoding: gzip}: what they hold is what comes out when they are unpacked, as
 * services show them to browsers. They are read whole for any part of them, and for their size.
 */
public final class GzipObjects {
    /** Two names of one encoding; see RFC 9110, section 8.4.1.3. */
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    /** Encodings that change nothing of what is stored. */
    private static final Set<String> NONE = Set.of("", "identity", "aws-chunked");

    private GzipObjects() {}

    /** Whether a header {@code Content-Encoding} says that an object is packed, in whatever way. */
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
     * Unpacks an object that was read whole; one that is not packed stays as it is.
     *
     * @param contentEncoding how it is stored
     * @throws CorruptDataException where it is not packed by gzip, or not wholly
     * @throws UnsupportedFeatureException for any other encoding, naming it
     */
    public static Part unpacked(Part stored, @Nullable String contentEncoding, String where) throws IOException {
        List<String> encodings = encodings(contentEncoding);
        if (encodings.isEmpty()) {
            return stored;
        }
        if (encodings.size() > 1 || !GZIP.contains(encodings.get(0))) {
            throw new UnsupportedFeatureException("cannot read " + where + ": it is stored with Content-Encoding \""
                    + String.join(", ", encodings) + "\"; store it without, or with gzip");
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
                            + ": it is said to be packed by gzip and is not, or not wholly; store it again",
                    e);
        }
    }

    /** Reads all that comes, as far as memory can hold it. */
    public static byte[] all(InputStream in, String where) throws IOException {
        int most = Download.mostBytes() / 3; // it is put together from pieces
        byte[] bytes = in.readNBytes(most);
        if (bytes.length == most && in.read() >= 0) {
            throw new StorageException(
                    "cannot read " + where + ": unpacked it does not fit into the memory of this program",
                    new IllegalStateException("more than " + most + " bytes"));
        }
        return bytes;
    }

    /** A range of an object that was read whole. */
    public static Part cut(Part whole, ByteRange range) {
        if (!whole.isThere()) {
            return whole;
        }
        byte[] bytes = whole.bytes();
        int from = (int) range.startIn(bytes.length);
        return Part.there(whole.info(), Arrays.copyOfRange(bytes, from, from + (int) range.lengthIn(bytes.length)));
    }
}
