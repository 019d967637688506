package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells credentials among file-system arguments by their names, in those of fsspec's file systems and of their clients. */
final class SecretArguments {
    private static final Pattern NAME = Pattern.compile(
            ".*(secret|passw|passphrase|token|credential|private|signature).*|pwd|auth|sas|key|.*[_-]key(_id)?|.*apikey.*",
            Pattern.CASE_INSENSITIVE);

    /** Words for a login of no one, or for one that the machine knows. */
    private static final Set<String> WORDS = Set.of("", "anon", "google_default", "cloud", "cache", "browser");

    private SecretArguments() {}

    /** Whether one of the arguments is a credential, or holds one. */
    static boolean areIn(@Nullable JsonNode arguments) {
        return arguments != null
                && (arguments.properties().stream().anyMatch(field -> isIn(field.getKey(), field.getValue()))
                        || (arguments.isArray() && arguments.valueStream().anyMatch(SecretArguments::areIn)));
    }

    /** Whether a field is a credential, or holds one. */
    static boolean isIn(String name, JsonNode value) {
        return (NAME.matcher(name).matches() && isSecret(value)) || areIn(value);
    }

    private static boolean isSecret(JsonNode value) {
        return value.isTextual()
                ? !WORDS.contains(value.textValue())
                : value.isNumber() || value.valueStream().anyMatch(SecretArguments::isSecret);
    }
}
