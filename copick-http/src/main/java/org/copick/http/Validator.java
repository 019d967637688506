package org.copick.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.copick.storage.Version;

/**
 * The headers of a response that identify a state of an object.
 *
 * @param etag a strong entity tag with its quotation marks, or empty
 * @param modified the value of {@code Last-Modified}, or empty
 */
record Validator(String etag, String modified) {
    /** A strong entity tag; see RFC 9110, section 8.8.3. */
    private static final Pattern STRONG = Pattern.compile("\"[!#-~]{1,1000}\"");

    private static final String SINCE = "since ";

    static Validator of(HttpHeaders headers) {
        return new Validator(
                headers.firstValue("ETag")
                        .filter(tag -> STRONG.matcher(tag).matches())
                        .orElse(""),
                headers.firstValue("Last-Modified").filter(Validator::isDate).orElse(""));
    }

    private static boolean isDate(String text) {
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Returns the version of a state of an object. This is its strong entity tag, otherwise the time of its last change
     * with its size, otherwise its size alone.
     *
     * @param size the number of stored bytes
     */
    Version version(long size) {
        if (!etag.isEmpty()) {
            return new Version(etag);
        }
        return modified.isEmpty() ? Version.ofSize(size) : new Version(SINCE + modified + ", " + size + " bytes");
    }

    /**
     * A header by which a server refuses to send another version than the expected one.
     *
     * @param name the name of the header
     * @param value the value of the header
     */
    record Condition(String name, String value) {}

    /**
     * Returns the condition for a version; empty if there is none. Servers may ignore it, so that the version of what
     * they send must be compared as well.
     */
    static Optional<Condition> condition(Version version) {
        String value = version.value();
        if (STRONG.matcher(value).matches()) {
            return Optional.of(new Condition("If-Match", value));
        }
        int end = value.lastIndexOf(", ");
        return value.startsWith(SINCE) && end > 0
                ? Optional.of(new Condition("If-Unmodified-Since", value.substring(SINCE.length(), end)))
                        .filter(condition -> isDate(condition.value()))
                : Optional.empty();
    }
}
