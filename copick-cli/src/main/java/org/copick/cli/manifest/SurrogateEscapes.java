package org.copick.cli.manifest;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Escapes for unpaired surrogates, which stored names may contain and UTF-8 cannot encode. */
final class SurrogateEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
        return standardAsciiEscapesForJSON();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        return unit < 0x80 || !Character.isSurrogate((char) unit)
                ? null
                : new SerializedString(String.format(Locale.ROOT, "\\u%04x", unit));
    }
}
