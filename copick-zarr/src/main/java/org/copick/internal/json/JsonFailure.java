package org.copick.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** Describes errors in JSON text without the names of the parser's classes and settings. */
public final class JsonFailure {
    private static final Pattern OPENED =
            Pattern.compile(" \\(start marker at \\[Source: .*?line: (\\d+), column: (\\d+)\\]\\)");
    /** Remarks about settings, which name them in backticks. */
    private static final Pattern SETTING = Pattern.compile("(, from `[^`]*`|: enable `[^`]*`[^;]*|\\s*`[^`]*`)");

    private JsonFailure() {}

    /**
     * {@return a description of the error in one line, which may quote some of the text}
     *
     * @param failure the parser's error
     */
    public static String text(JsonProcessingException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        String opened = OPENED.matcher(message).replaceAll(" (opened at line $1, column $2)");
        return SETTING.matcher(opened).replaceAll("").replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
