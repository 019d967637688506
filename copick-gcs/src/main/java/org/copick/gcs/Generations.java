package org.copick.gcs;

import com.google.api.services.storage.model.StorageObject;
import java.math.BigInteger;
import org.copick.error.StorageException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Conversion of generations to versions: numbers that the service never reuses. */
final class Generations {
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

    static ObjectInfo info(String key, StorageObject object) {
        Long generation = object.getGeneration();
        BigInteger size = object.getSize();
        return new ObjectInfo(
                key,
                size == null ? 0 : size.longValueExact(),
                version(generation == null ? null : generation.toString(), key));
    }
}
