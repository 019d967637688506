package org.copick.s3;

import org.copick.error.InvalidConfigException;
import org.copick.storage.remote.OptionReader;
import org.copick.storage.remote.Withheld;
import org.jspecify.annotations.Nullable;

/** The way in which requests authenticate. */
sealed interface S3Access {
    /** Anonymous access, without the machine's credentials. */
    record Anonymous() implements S3Access {}

    /** Access with a key from the options. */
    record Key(String key, String secret, @Nullable String token) implements S3Access {
        /** Returns a text without any part of the key. */
        @Override
        public String toString() {
            return "a key";
        }
    }

    /** Access with a profile of the machine's AWS configuration. */
    record Profile(String name) implements S3Access {}

    /** Access with the credentials that AWS tools find on this machine. */
    record Found() implements S3Access {}

    /** Access with the machine's credentials, which must not be sent to this endpoint. */
    record NotThere(Withheld reason) implements S3Access {}

    /** Returns whether the credentials come from this machine rather than from the options. */
    default boolean isOfMachine() {
        return this instanceof Found || this instanceof Profile;
    }

    static S3Access of(OptionReader options, OptionReader client, OptionReader config) {
        String key = first(options.text("key"), options.text("username"), client.text("aws_access_key_id"));
        String secret = first(options.text("secret"), options.text("password"), client.text("aws_secret_access_key"));
        String token = first(options.text("token"), client.text("aws_session_token"), null);
        String profile = options.text("profile");
        String signature = config.text("signature_version");
        if (signature != null && !signature.equals("s3v4") && !signature.equals("unsigned")) {
            throw config.wrong("signature_version", "s3v4 or unsigned");
        }
        if (options.isSet("anon") || "unsigned".equals(signature)) {
            return new Anonymous();
        }
        if (key != null || secret != null) {
            if (key == null || secret == null) {
                throw incomplete(options, key == null ? "key" : "secret");
            }
            return new Key(key, secret, token);
        }
        if (token != null) {
            throw incomplete(options, "key");
        }
        return profile != null ? new Profile(profile) : new Found();
    }

    private static InvalidConfigException incomplete(OptionReader options, String missing) {
        return options.wrong(missing, "given, too: key and secret are required together");
    }

    private static @Nullable String first(@Nullable String one, @Nullable String two, @Nullable String three) {
        return one != null ? one : two != null ? two : three;
    }
}
