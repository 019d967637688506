package org.copick.storage.remote;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.copick.error.CorruptDataException;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are stored with {@code Content-Encoding: gzip}: what they hold is what comes out when they are unpacked, as
 * services show them to browsers. They are read whole for any part of them, and for their size.
 */
public final class GzipObjects {
    private static final String GZIP = "gzip";

    private GzipObjects() {}

    /** Whether a header {@code Content-Encoding} names gzip, alone or with others. */
    public static boolean isPacked(@Nullable String contentEncoding) {
        return contentEncoding != null
                && Arrays.asList(contentEncoding.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                        .contains(GZIP);
    }

    /**
     * Unpacks an object that was read whole; anything else stays as it is.
     *
     * @throws CorruptDataException where it is not packed by gzip, or not wholly
     */
    public static Part unpacked(Part stored, String where) throws IOException {
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
