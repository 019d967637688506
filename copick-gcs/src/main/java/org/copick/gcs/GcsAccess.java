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

/** As whom the service is asked. */
sealed interface GcsAccess {
    /** As nobody in particular; whatever credentials the machine has are left alone. */
    record Anonymous() implements GcsAccess {}

    /** With whatever Google's tools find, or anonymously where they find nothing. */
    record Found() implements GcsAccess {}

    /** With what Google's tools find, and not without. */
    record Default() implements GcsAccess {}

    /** With what the machine in Google's cloud was given. */
    record Machine() implements GcsAccess {}

    /**
     * With a service account's key, or what a person's login left, as JSON.
     *
     * @param isOfMachine whether it was read from a file of this machine, whose path alone the options hold
     */
    record Key(String json, boolean isOfMachine) implements GcsAccess {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "a key";
        }
    }

    /** With an access token, which lasts for an hour or so and cannot be renewed. */
    record Token(String value) implements GcsAccess {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "a token";
        }
    }

    /**
     * With credentials of this machine, which must not go to the endpoint.
     *
     * @param isNeeded whether they were asked for; otherwise requests are made without
     */
    record NotThere(Withheld reason, boolean isNeeded) implements GcsAccess {}

    /** Whether the credentials are those of this machine, and not of the options. */
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
                        "something else: \"" + text
                                + "\" means a login that only Python knows of; log in by \"gcloud auth"
                                + " application-default login\" and leave it out");
            default -> ofText(options, address, text);
        };
    }

    private static GcsAccess ofText(OptionReader options, StoreAddress address, String text) {
        Path file = file(address, text);
        if (file != null && Files.exists(file)) {
            try {
                return new Key(Files.readString(file), true);
            } catch (IOException e) {
                throw options.wrong("token", "a file that can be read");
            }
        }
        boolean meansFile =
                text.endsWith(".json") || text.startsWith("/") || text.startsWith("~") || text.startsWith(".");
        if (meansFile) {
            throw options.wrong("token", "a file that is there, anon, google_default, cloud, or an access token");
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
            named.putIfAbsent("type", "authorized_user"); // as Python takes it
        }
        try {
            return GsonFactory.getDefaultInstance().toString(named);
        } catch (IOException | IllegalArgumentException e) {
            throw options.wrong("token", "an object as a file of credentials holds it");
        }
    }
}
