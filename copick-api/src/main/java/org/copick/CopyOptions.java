package org.copick;

import java.util.Optional;
import org.copick.zarr.ImageFormat;

/** How an entity is copied. Immutable. */
public final class CopyOptions {
    private static final CopyOptions AS_STORED = new CopyOptions(Optional.empty(), false);

    final Optional<ImageFormat> format;
    final boolean replaces;

    private CopyOptions(Optional<ImageFormat> format, boolean replaces) {
        this.format = format;
        this.replaces = replaces;
    }

    /** Volumes object by object, whatever they hold; documents with everything in them. */
    public static CopyOptions asStored() {
        return AS_STORED;
    }

    /** Volumes are decoded and written anew in this format, every level with the values it has; nothing else changes. */
    public static CopyOptions transcoded(ImageFormat format) {
        return new CopyOptions(Optional.of(format), false);
    }

    /** What exists already is replaced; what is read-only is left as it is and shadowed. */
    public CopyOptions replacing() {
        return new CopyOptions(format, true);
    }
}
