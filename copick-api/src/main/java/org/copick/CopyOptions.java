package org.copick;

import java.util.Objects;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;

/** How an entity is copied. Immutable. */
public final class CopyOptions {
    private static final CopyOptions AS_STORED = new CopyOptions(null, OnExisting.FAIL);

    final @Nullable ImageFormat format;
    final OnExisting onExisting;

    private CopyOptions(@Nullable ImageFormat format, OnExisting onExisting) {
        this.format = format;
        this.onExisting = onExisting;
    }

    /** Volumes object by object, whatever they hold; documents with everything in them. */
    public static CopyOptions asStored() {
        return AS_STORED;
    }

    /** Decodes volumes and writes them in this format, every level with the values it has; nothing else changes. */
    public static CopyOptions transcoded(ImageFormat format) {
        Objects.requireNonNull(format, "format");
        return new CopyOptions(format, OnExisting.FAIL);
    }

    /** Says how to treat an entity that exists already; by default {@link OnExisting#FAIL}. */
    public CopyOptions onExisting(OnExisting wanted) {
        return new CopyOptions(format, wanted);
    }

    @Override
    public String toString() {
        return (format == null ? "as stored" : "as " + format) + ", " + onExisting;
    }
}
