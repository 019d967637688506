package org.copick.gcs;

import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Endpoint;
import org.copick.storage.remote.OptionReader;
import org.copick.storage.remote.RetryPolicy;
import org.copick.storage.remote.Withheld;
import org.jspecify.annotations.Nullable;

/**
 * The options for the service, parsed from the arguments of gcsfs. Stores with equal options share connections.
 *
 * @param scope the OAuth scope, for credentials that require one
 * @param endpoint a custom endpoint, or null for Google's
 * @param payer the project that pays for requests, or null for the bucket's own
 */
record GcsOptions(
        GcsAccess access,
        String scope,
        @Nullable URI endpoint,
        @Nullable String payer,
        RetryPolicy retryPolicy) {
    private static final String GOOGLE = "storage.googleapis.com";
    private static final Pattern GOOGLES = Pattern.compile("(?:[a-z0-9-]+\\.)+googleapis\\.com");
    /** Environment variable for another service than Google's, like in all of Google's tools. */
    private static final String EMULATOR = "STORAGE_EMULATOR_HOST";

    private static final Set<String> ACCESS = Set.of("read_only", "read_write", "full_control");
    private static final Set<String> CONSISTENCY = Set.of("none", "size", "md5", "crc32c");

    static GcsOptions of(StoreAddress address) {
        OptionReader options = new OptionReader("Google Cloud Storage", address);
        Optional<Endpoint> found = endpoint(address, options.text("endpoint_url"));
        Double timeout = options.number("requests_timeout");
        GcsOptions read = new GcsOptions(
                access(GcsAccess.of(options, address), found),
                "https://www.googleapis.com/auth/devstorage." + oneOf(options, "access", "full_control", ACCESS),
                found.map(Endpoint::uri).orElse(null),
                payer(options),
                timeout == null
                        ? RetryPolicy.DEFAULT
                        : new RetryPolicy(
                                RetryPolicy.DEFAULT.connect(),
                                Duration.ofMillis(Math.max(1, Math.round(timeout * 1000))),
                                RetryPolicy.DEFAULT.attempts()));
        oneOf(options, "consistency", "none", CONSISTENCY); // writes are always checked
        for (String name : new String[] {"version_aware", "asynchronous"}) {
            if (options.isSet(name)) {
                throw options.wrong(name, "false or omitted");
            }
        }
        OptionReader session = options.inner("session_kwargs");
        session.ignore("trust_env"); // the system's proxies are always used
        session.refuseOthers();
        ignoreWhatTunesPython(options);
        options.refuseOthers();
        return read;
    }

    /** Returns the options that a client of the application has; those of the address only choose the payer. */
    static GcsOptions of(Storage client, StoreAddress address) {
        StorageOptions of = client.getOptions();
        HttpTransportOptions transport = (HttpTransportOptions) of.getTransportOptions();
        int attempts = of.getRetrySettings().getMaxAttempts();
        URI host = URI.create(of.getHost().replaceFirst("/+$", ""));
        return new GcsOptions(
                of.getCredentials() instanceof NoCredentials ? new GcsAccess.Anonymous() : new GcsAccess.OfClient(),
                "",
                GOOGLE.equals(host.getHost()) ? null : host,
                payer(new OptionReader("Google Cloud Storage", address)),
                new RetryPolicy(
                        timeout(transport.getConnectTimeout(), RetryPolicy.DEFAULT.connect()),
                        timeout(transport.getReadTimeout(), RetryPolicy.DEFAULT.read()),
                        attempts > 0 ? attempts : RetryPolicy.DEFAULT.attempts()));
    }

    /** Returns a time-out of the client, which is in ms; 0 means none, and a negative number the default. */
    private static Duration timeout(int millis, Duration otherwise) {
        return millis > 0 ? Duration.ofMillis(millis) : otherwise;
    }

    /** Returns the description of the service. */
    Bucket.Service service() {
        return new Bucket.Service(
                "gs://",
                Optional.ofNullable(endpoint).map(URI::toString),
                retryPolicy,
                access instanceof GcsAccess.NotThere not && not.isNeeded()
                        ? Optional.of(not.reason())
                        : Optional.empty());
    }

    /** Returns the root of the URLs of the protocol, without a slash at its end. */
    String host() {
        return endpoint == null ? "https://" + GOOGLE : endpoint.toString();
    }

    /** Adds the project that pays, if there is one, to the options of a request. */
    <T> List<T> paid(List<T> request, Function<String, T> userProject) {
        if (payer != null) {
            request.add(userProject.apply(payer));
        }
        return request;
    }

    /** Returns a text without credentials. */
    @Override
    public String toString() {
        return "options for " + host();
    }

    /** Finds the custom endpoint; returns empty for Google's. */
    private static Optional<Endpoint> endpoint(StoreAddress address, @Nullable String option) {
        String emulator = System.getenv(EMULATOR);
        boolean known = emulator != null && !emulator.isBlank() && !emulator.equals("default");
        List<String> environment =
                known ? List.of(emulator.contains("://") ? emulator : "http://" + emulator) : List.of();
        return Endpoint.find(address, option, environment, GOOGLES)
                .filter(endpoint -> !endpoint.uri().getHost().equals(GOOGLE));
    }

    /**
     * Returns how to authenticate.
     *
     * <p>Withholds this machine's credentials from endpoints that only the configuration names and, unless the
     * options request them, from unencrypted connections.
     */
    private static GcsAccess access(GcsAccess named, Optional<Endpoint> endpoint) {
        if (endpoint.isEmpty() || !named.isOfMachine()) {
            return named;
        }
        boolean isNeeded = !(named instanceof GcsAccess.Found);
        boolean isPlain = endpoint.get().uri().getScheme().equals("http");
        if (!endpoint.get().getsMachineCredentials()) {
            String others =
                    "give an access token, or the content of a credentials file, as \"token\" in the configuration, or"
                            + " \"anon\" for public data";
            String yours = "; or set " + EMULATOR + "=" + endpoint.get().uri() + " to send yours";
            return new GcsAccess.NotThere(
                    Withheld.fromEndpoint(isPlain && !isNeeded ? others : others + yours), isNeeded);
        }
        return isPlain && !isNeeded ? new GcsAccess.Anonymous() : named;
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
        options.ignoreFsspecTuning();
        options.ignore(
                "block_size",
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
                "memmove_max_workers");
    }
}
