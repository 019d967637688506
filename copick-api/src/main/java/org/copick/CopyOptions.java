package org.copick;

import java.util.Objects;
import org.copick.zarr.ImageFormat;
import org.jspecify.annotations.Nullable;

/** Options for copying an entity. Immutable. */
public final class CopyOptions {
    private static final CopyOptions AS_STORED = new CopyOptions(null, OnExisting.FAIL);

    final @Nullable ImageFormat format;
    final OnExisting onExisting;

    private CopyOptions(@Nullable ImageFormat format, OnExisting onExisting) {
        this.format = format;
        this.onExisting = onExisting;
    }

    /**
     * {@return options that copy what is stored: volumes object by object, documents with all their fields}
     *
     * <p>Volumes are not decoded, so their content does not matter.
     */
    public static CopyOptions asStored() {
        return AS_STORED;
    }

    /**
     * {@return options that decode volumes and write them in this format}
     *
     * <p>Every level keeps its values. Entities that are not volumes are copied like {@link #asStored}.
     *
     * @param format Zarr version and chunk shape to write, such as {@link ImageFormat#VERSION_3}
     */
    public static CopyOptions transcoded(ImageFormat format) {
        Objects.requireNonNull(format, "format");
        return new CopyOptions(format, OnExisting.FAIL);
    }

    /**
     * {@return these options with another treatment of existing entities}
     *
     * @param wanted what to do if an entity with the key of the copy exists; by default {@link OnExisting#FAIL}
     */
    public CopyOptions onExisting(OnExisting wanted) {
        return new CopyOptions(format, wanted);
    }

    @Override
    public String toString() {
        return (format == null ? "as stored" : "as " + format) + ", " + onExisting;
    }
}
