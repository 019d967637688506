package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises credentials among file-system arguments by the names that fsspec's file systems and their clients use. */
final class SecretArguments {
    private static final Pattern NAME = Pattern.compile(
            ".*(secret|passw|passphrase|token|credential|private|signature).*|pwd|auth|sas|key|.*[_-]key(_id)?|.*apikey.*"
                    + "|.*authorization|cookies?",
            Pattern.CASE_INSENSITIVE);

    /** Values that are no secrets: anonymous access, or credentials that the machine already has. */
    private static final Set<String> WORDS = Set.of("", "anon", "google_default", "cloud", "cache", "browser");

    private SecretArguments() {}

    /** Returns whether one of the arguments is or contains a credential. */
    static boolean areIn(@Nullable JsonNode arguments) {
        return arguments != null
                && (arguments.properties().stream().anyMatch(field -> isIn(field.getKey(), field.getValue()))
                        || (arguments.isArray() && arguments.valueStream().anyMatch(SecretArguments::areIn)));
    }

    /** Returns whether a field is or contains a credential. */
    static boolean isIn(String name, JsonNode value) {
        return (NAME.matcher(name).matches() && isSecret(value)) || areIn(value);
    }

    private static boolean isSecret(JsonNode value) {
        return value.isTextual()
                ? !WORDS.contains(value.textValue())
                : value.isNumber() || value.valueStream().anyMatch(SecretArguments::isSecret);
    }
}
