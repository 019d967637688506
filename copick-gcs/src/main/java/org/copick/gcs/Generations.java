package org.copick.gcs;

import com.google.api.services.storage.model.StorageObject;
import java.math.BigInteger;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Conversion of generations to versions: numbers that the service never reuses. */
final class Generations {
    private static final long NEVER = -1;

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

    static ObjectInfo info(String key, StorageObject object) {
        Long generation = object.getGeneration();
        BigInteger size = object.getSize() == null ? BigInteger.ZERO : object.getSize();
        if (size.signum() < 0 || size.bitLength() >= Long.SIZE) {
            throw new StorageException(
                    "cannot read " + key + ": the answer contains the size " + size
                            + "; check that the endpoint is the right service",
                    new IllegalStateException("size " + size));
        }
        return new ObjectInfo(key, size.longValue(), version(generation == null ? null : generation.toString(), key));
    }
}
