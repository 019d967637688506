package org.copick.gcs;

import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.OptionReader;
import org.copick.storage.remote.Withheld;
import org.jspecify.annotations.Nullable;

/** The way in which requests authenticate. */
sealed interface GcsAccess {
    /** Anonymous access, without the machine's credentials. */
    record Anonymous() implements GcsAccess {}

    /** Access with the credentials that Google's tools find, or anonymous access if they find none. */
    record Found() implements GcsAccess {}

    /** Access with the credentials that Google's tools find; fails if they find none. */
    record Default() implements GcsAccess {}

    /** Access with the service account of a machine in Google's cloud. */
    record Machine() implements GcsAccess {}

    /**
     * Access with the key of a service account, or with the login of a user, as JSON.
     *
     * @param isOfMachine whether the key was read from a file of this machine and the options contain only the path
     */
    record Key(String json, boolean isOfMachine) implements GcsAccess {
        /** Returns a text without any part of the key. */
        @Override
        public String toString() {
            return "a key";
        }
    }

    /** Access with an access token, which is valid for about an hour and cannot be renewed. */
    record Token(String value) implements GcsAccess {
        /** Returns a text without any part of the token. */
        @Override
        public String toString() {
            return "a token";
        }
    }

    /**
     * Access with credentials of this machine, which must not be sent to this endpoint.
     *
     * @param isNeeded whether the options request credentials; otherwise requests are anonymous
     */
    record NotThere(Withheld reason, boolean isNeeded) implements GcsAccess {}

    /** Access as the client of the application has it. */
    record OfClient() implements GcsAccess {}

    /** Returns whether the credentials come from this machine rather than from the options. */
    default boolean isOfMachine() {
        return this instanceof Found || this instanceof Default || this instanceof Machine;
    }

    static GcsAccess of(OptionReader options, StoreAddress address) {
        Object token = options.value("token");
        if (token == null) {
            return new Found();
        }
        if (token instanceof Map<?, ?> content) {
            return new Key(json(options, content), false);
        }
        if (!(token instanceof String text) || text.isBlank()) {
            throw options.wrong("token", "text or an object");
        }
        return switch (text) {
            case "anon" -> new Anonymous();
            case "google_default" -> new Default();
            case "cloud" -> new Machine();
            case "cache", "browser" ->
                throw options.wrong(
                        "token",
                        "changed: \"" + text
                                + "\" refers to a login that only Python can use; log in with \"gcloud auth"
                                + " application-default login\" and remove the option");
            default -> ofText(options, address, text);
        };
    }

    private static GcsAccess ofText(OptionReader options, StoreAddress address, String text) {
        Path file = file(address, text);
        if (file != null && Files.exists(file)) {
            try {
                return new Key(Files.readString(file), true);
            } catch (IOException e) {
                throw options.wrong("token", "a readable file");
            }
        }
        boolean meansFile =
                text.endsWith(".json") || text.startsWith("/") || text.startsWith("~") || text.startsWith(".");
        if (meansFile) {
            throw options.wrong("token", "an existing file, anon, google_default, cloud, or an access token");
        }
        return new Token(text.strip());
    }

    private static @Nullable Path file(StoreAddress address, String text) {
        try {
            Path path = Path.of(text);
            return address.baseFolder() == null ? path : address.baseFolder().resolve(path);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String json(OptionReader options, Map<?, ?> content) {
        Map<Object, Object> named = new HashMap<>(content);
        if (named.containsKey("refresh_token")) {
            named.putIfAbsent("type", "authorized_user"); // like Python
        }
        try {
            return GsonFactory.getDefaultInstance().toString(named);
        } catch (IOException | IllegalArgumentException e) {
            throw options.wrong("token", "the JSON object of a credentials file");
        }
    }
}
