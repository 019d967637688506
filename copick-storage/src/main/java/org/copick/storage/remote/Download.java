package org.copick.storage.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.error.StorageException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/**
 * An answer that brings an object's bytes.
 *
 * @param where the object's location
 * @param announced the answer's length, or null where it is not said
 * @param contentRange the header of that name, or null
 * @param body the bytes as they come in
 * @param stop ends the answer without waiting for the rest of it
 */
public record Download(
        String where,
        @Nullable Long announced,
        @Nullable String contentRange,
        Version version,
        InputStream body,
        Runnable stop) {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    /**
     * Reads what was asked for, straight into one array, and no more.
     *
     * @param range what was asked for, or null for all
     * @throws IOException when the connection is lost; to be tried again
     * @throws StorageException when the answer is another one than asked for, or larger than memory
     */
    public Part part(String key, @Nullable ByteRange range) throws IOException {
        if (announced == null || announced < 0) {
            throw strange("the service did not say how many bytes there are");
        }
        Matcher partial = CONTENT_RANGE.matcher(String.valueOf(contentRange));
        long size = partial.matches() ? Long.parseLong(partial.group(3)) : announced;
        long start = partial.matches() ? Long.parseLong(partial.group(1)) : 0;
        ObjectInfo info = new ObjectInfo(key, size, version);
        if (range == null) {
            if (partial.matches()) {
                throw strange("the service sent a part although all was asked for");
            }
            return Part.there(info, exactly(announced));
        }
        long from = range.startIn(size);
        long length = range.lengthIn(size);
        if (partial.matches() ? start != from || announced != length : announced < from + length) {
            throw strange("the service sent other bytes than those that were asked for");
        }
        if (!partial.matches()) {
            body.skipNBytes(from); // a service that knows no ranges sends everything
        }
        byte[] bytes = exactly(length);
        if (!partial.matches() && from + length < announced) {
            stop.run();
        }
        return Part.there(info, bytes);
    }

    private byte[] exactly(long length) throws IOException {
        if (length > mostBytes()) {
            throw strange("its " + length + " bytes do not fit into the memory of this program");
        }
        byte[] bytes = new byte[(int) length];
        int read = body.readNBytes(bytes, 0, bytes.length);
        if (read < bytes.length) {
            throw new EOFException("the answer ended after " + read + " of " + length + " bytes");
        }
        return bytes;
    }

    /** The value of the request header {@code Range} for a range that holds a byte. */
    public static String header(ByteRange range) {
        return range.fromEnd()
                ? "bytes=-" + range.length()
                : "bytes=" + range.offset() + "-" + (range.offset() + range.length() - 1);
    }

    /** The most bytes of one object that are read into memory. */
    public static int mostBytes() {
        return (int) Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    private StorageException strange(String what) {
        return new StorageException("cannot read " + where + ": " + what, new IllegalStateException(what));
    }
}
