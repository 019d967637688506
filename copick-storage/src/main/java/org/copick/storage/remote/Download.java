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
 * A response with an object's content.
 *
 * @param where the object's location
 * @param announced the response's length according to its header, or null if the header is missing
 * @param contentRange the value of the header {@code Content-Range}, or null
 * @param version the version of the content
 * @param body the stream of received bytes
 * @param stop ends the response without waiting for the rest of it
 */
public record Download(
        String where,
        @Nullable Long announced,
        @Nullable String contentRange,
        Version version,
        InputStream body,
        Runnable stop) {
    /** Answer of MinIO and fake-gcs-server to a request for the end of an empty object. */
    private static final String EMPTY = "bytes 0--1/0";

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    /**
     * Reads the requested bytes, and no others, directly into one array.
     *
     * @param key the object's key
     * @param range the requested range, or null for the whole object
     * @return the range or the whole object, with its size and version
     * @throws IOException if the connection is lost; the caller may retry
     * @throws StorageException if the response is not the requested one, or does not fit into memory
     */
    public Part part(String key, @Nullable ByteRange range) throws IOException {
        if (announced == null || announced < 0) {
            throw strange("the service did not send the content's length");
        }
        Matcher partial = CONTENT_RANGE.matcher(String.valueOf(contentRange));
        boolean empty = announced == 0 && EMPTY.equals(contentRange);
        if (contentRange != null && !partial.matches() && !empty) {
            // otherwise a part would be taken for the whole object
            throw strange("the service sent an invalid Content-Range, or one without the object's size");
        }
        long size = partial.matches() ? Long.parseLong(partial.group(2)) : announced;
        long start = partial.matches() ? Long.parseLong(partial.group(1)) : 0;
        ObjectInfo info = new ObjectInfo(key, size, version);
        if (range == null) {
            if (partial.matches()) {
                throw strange("the service sent a part although the whole object was requested");
            }
            return Part.there(info, exactly(announced));
        }
        long from = range.startIn(size);
        long length = range.lengthIn(size);
        if (partial.matches() ? start != from || announced != length : announced < from + length) {
            throw strange("the service sent other bytes than the requested ones");
        }
        if (!partial.matches()) {
            body.skipNBytes(from); // a service without support for ranges sends the whole object
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

    /**
     * {@return the value of the request header {@code Range} for a range}
     *
     * @param range a range of at least one byte
     */
    public static String header(ByteRange range) {
        return range.fromEnd()
                ? "bytes=-" + range.length()
                : "bytes=" + range.offset() + "-" + (range.offset() + range.length() - 1);
    }

    /** {@return the maximum number of bytes of one object to read into memory: three quarters of the heap} */
    public static int mostBytes() {
        return (int) Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 4 * 3);
    }

    private StorageException strange(String what) {
        return new StorageException("cannot read " + where + ": " + what, new IllegalStateException(what));
    }
}
