package org.copick.s3;

import org.copick.storage.Version;
import org.jspecify.annotations.Nullable;

/** Conversion of ETags to versions, without the quotes, which some services omit in some answers. */
final class ETags {
    private ETags() {}

    static Version version(@Nullable String etag) {
        String text = etag == null ? "" : etag;
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return new Version(quoted ? text.substring(1, text.length() - 1) : text);
    }

    static String quoted(Version version) {
        return "\"" + version.value() + "\"";
    }
}
