package org.copick.gcs;

import com.google.cloud.storage.BlobInfo;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Conversion of generations to versions: numbers that the service never reuses. */
final class Generations {
    private static final long NEVER = -1;
    /** Size in bytes that no object exceeds: 8 PiB, more than a thousand times what the service accepts. */
    private static final long LARGEST = 1L << 53;

    private Generations() {}

    static Version version(@Nullable String generation, String where) {
        if (generation == null) {
            throw new StorageException(
                    "cannot read " + where + ": the answer contains no generation; check that the"
                            + " endpoint is the right service",
                    new IllegalStateException("no generation"));
        }
        return new Version(generation);
    }

    /** Returns the generation, or null if the version is not a number. */
    static @Nullable Long number(Version version) {
        try {
            return Long.valueOf(version.value());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * Returns the generation for a condition of the protocol. A version that no object can have becomes a generation
     * that none has, because 0 would mean absence and null no condition.
     */
    static long condition(Version version) {
        Long number = number(version);
        return number == null || number == 0 ? NEVER : number;
    }

    static ObjectInfo info(String key, BlobInfo object) {
        return info(key, object.getSize(), object.getGeneration());
    }

    /** Returns the object's key, size and version. The client reads sizes of more than 63 bits as other numbers. */
    static ObjectInfo info(String key, @Nullable Long size, @Nullable Long generation) {
        long bytes = size == null ? 0 : size;
        if (bytes < 0 || bytes > LARGEST) {
            throw new StorageException(
                    "cannot read " + key + ": the answer contains the size " + size
                            + "; check that the endpoint is the right service",
                    new IllegalStateException("size " + size));
        }
        return new ObjectInfo(key, bytes, version(generation == null ? null : generation.toString(), key));
    }
}
