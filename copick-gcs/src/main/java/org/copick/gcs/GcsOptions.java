package org.copick.gcs;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.Endpoint;
import org.copick.storage.remote.OptionReader;
import org.copick.storage.remote.Patience;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the service, as gcsfs's arguments say it. Equal options share connections.
 *
 * @param scope what is asked for by those who are given only what they ask for
 * @param endpoint a custom endpoint, or null for Google's
 * @param payer the project that pays for requests, or null for the bucket's own
 */
record GcsOptions(
        GcsAccess access,
        String scope,
        @Nullable URI endpoint,
        @Nullable String payer,
        Patience patience) {
    private static final String GOOGLE = "storage.googleapis.com";
    private static final Set<String> ACCESS = Set.of("read_only", "read_write", "full_control");
    private static final Set<String> CONSISTENCY = Set.of("none", "size", "md5", "crc32c");

    static GcsOptions of(StoreAddress address) {
        OptionReader options = new OptionReader("Google Cloud Storage", address);
        URI endpoint = endpoint(address, options.text("endpoint_url"));
        Double timeout = options.number("requests_timeout");
        GcsOptions read = new GcsOptions(
                access(options, address, endpoint),
                "https://www.googleapis.com/auth/devstorage." + oneOf(options, "access", "full_control", ACCESS),
                endpoint,
                payer(options),
                timeout == null
                        ? Patience.DEFAULT
                        : new Patience(
                                Patience.DEFAULT.connect(),
                                Duration.ofMillis(Math.max(1, Math.round(timeout * 1000))),
                                Patience.DEFAULT.attempts()));
        oneOf(options, "consistency", "none", CONSISTENCY); // what is written is always checked
        for (String name : new String[] {"version_aware", "asynchronous"}) {
            if (options.isSet(name)) {
                throw options.wrong(name, "false or left out");
            }
        }
        OptionReader session = options.inner("session_kwargs");
        session.ignore("trust_env"); // the system's proxies are always used
        session.refuseOthers();
        ignoreWhatTunesPython(options);
        options.refuseOthers();
        return read;
    }

    /** The service that is not Google's. */
    Optional<String> service() {
        return Optional.ofNullable(endpoint).map(URI::toString);
    }

    /** Where the protocol's own paths begin. */
    String rootUrl() {
        return (endpoint == null ? "https://" + GOOGLE : endpoint.toString()) + "/";
    }

    /** Nothing of the credentials. */
    @Override
    public String toString() {
        return "options for " + rootUrl();
    }

    private static @Nullable URI endpoint(StoreAddress address, @Nullable String option) {
        String emulator = System.getenv("STORAGE_EMULATOR_HOST");
        boolean known = emulator != null && !emulator.isBlank() && !emulator.equals("default");
        String text = option != null ? option : known ? emulator : null;
        if (text == null || text.isBlank()) {
            return null;
        }
        URI endpoint = Endpoint.of(address, option == null && !text.contains("://") ? "http://" + text : text);
        return endpoint.getHost().equals(GOOGLE) ? null : endpoint;
    }

    /** Credentials that nobody named are never sent where others can read them. */
    private static GcsAccess access(OptionReader options, StoreAddress address, @Nullable URI endpoint) {
        GcsAccess access = GcsAccess.of(options, address);
        boolean plain = endpoint != null && "http".equals(endpoint.getScheme());
        return plain && access instanceof GcsAccess.Found ? new GcsAccess.Anonymous() : access;
    }

    private static @Nullable String payer(OptionReader options) {
        String project = options.text("project");
        Object pays = options.value("requester_pays");
        if (pays == null || Boolean.FALSE.equals(pays)) {
            return null;
        }
        if (pays instanceof String named && !named.isBlank()) {
            return named;
        }
        if (!Boolean.TRUE.equals(pays)) {
            throw options.wrong("requester_pays", "true, false or the name of a project");
        }
        for (String candidate :
                new String[] {project, System.getenv("GCSFS_DEFAULT_PROJECT"), System.getenv("GOOGLE_CLOUD_PROJECT")}) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        throw options.wrong("requester_pays", "the name of the project that pays, or true beside \"project\"");
    }

    private static String oneOf(OptionReader options, String name, String otherwise, Set<String> known) {
        String value = options.text(name);
        if (value == null) {
            return otherwise;
        }
        if (!known.contains(value)) {
            throw options.wrong(
                    name, "one of " + String.join(", ", known.stream().sorted().toList()));
        }
        return value;
    }

    private static void ignoreWhatTunesPython(OptionReader options) {
        options.ignore(
                "block_size",
                "default_block_size",
                "default_cache_type",
                "cache_timeout",
                "check_connection",
                "secure_serialize",
                "timeout",
                "default_location",
                "retry_timeout",
                "retry_initial",
                "retry_maximum",
                "retry_multiplier",
                "finalize_on_close",
                "mrd_pool_cache_size",
                "max_mrd_pool_cache_queue_size",
                "memmove_max_workers",
                "batch_size",
                "skip_instance_cache",
                "use_listings_cache",
                "listings_expiry_time",
                "max_paths");
    }
}
