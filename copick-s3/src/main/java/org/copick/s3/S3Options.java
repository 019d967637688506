package org.copick.s3;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.Bucket;
import org.copick.storage.remote.Endpoint;
import org.copick.storage.remote.OptionReader;
import org.copick.storage.remote.RetryPolicy;
import org.copick.storage.remote.Withheld;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.RequestPayer;

/**
 * The options for a service, parsed from the arguments of s3fs. Stores with equal options share connections.
 *
 * @param endpoint a custom endpoint, or null for Amazon's
 * @param region the region, or null to discover it
 * @param byPath whether the bucket is part of the path rather than of the host name
 * @param trust the accepted certificates
 * @param writing how written objects are stored
 */
record S3Options(
        S3Access access,
        @Nullable URI endpoint,
        @Nullable String region,
        boolean byPath,
        Trust trust,
        RetryPolicy retryPolicy,
        boolean requesterPays,
        Writing writing) {
    private static final String AMAZON = "s3.amazonaws.com";

    /** The accepted certificates: all if {@code all}, those of a file, or the system's. */
    record Trust(boolean all, @Nullable Path authorities) {}

    /** Server-side encryption, storage class and canned access control list; null for the bucket's defaults. */
    record Writing(
            @Nullable String encryption,
            @Nullable String encryptionKey,
            @Nullable String storageClass,
            @Nullable String acl) {}

    static S3Options of(StoreAddress address) {
        OptionReader options = new OptionReader("S3", address);
        OptionReader client = options.inner("client_kwargs");
        OptionReader config = options.inner("config_kwargs");
        OptionReader addressing = config.inner("s3");
        OptionReader retries = config.inner("retries");
        OptionReader kept = options.inner("s3_additional_kwargs");
        S3Access named = S3Access.of(options, client, config);
        // an endpoint's own scheme decides about encryption, and Amazon's endpoints are always encrypted
        options.flag("use_ssl");
        client.flag("use_ssl");
        Optional<Endpoint> found =
                endpoint(address, named, first(options.text("endpoint_url"), client.text("endpoint_url")));
        URI endpoint = found.map(Endpoint::uri).orElse(null);
        Trust trust = trust(client, address);
        S3Options read = new S3Options(
                access(named, found, trust),
                endpoint,
                first(client.text("region_name"), config.text("region_name")),
                byPath(addressing, endpoint),
                trust,
                new RetryPolicy(
                        seconds(config.number("connect_timeout"), RetryPolicy.DEFAULT.connect()),
                        seconds(config.number("read_timeout"), RetryPolicy.DEFAULT.read()),
                        attempts(retries)),
                options.isSet("requester_pays"),
                writing(kept));
        if (options.isSet("version_aware")) {
            throw options.wrong("version_aware", "false or omitted: old versions of objects cannot be read");
        }
        if (options.isSet("asynchronous")) {
            throw options.wrong("asynchronous", "false or omitted");
        }
        ignoreWhatTunesPython(options, config);
        retries.ignore("mode", "total_max_attempts");
        for (OptionReader reader : new OptionReader[] {options, client, config, addressing, retries, kept}) {
            reader.refuseOthers();
        }
        return read;
    }

    /** Returns the options that a client of the application has; those of the address choose the payer and the storage. */
    static S3Options of(S3Client client, StoreAddress address) {
        OptionReader options = new OptionReader("S3", address);
        URI endpoint = client.serviceClientConfiguration()
                .endpointOverride()
                .filter(uri -> !AMAZON.equals(uri.getHost()))
                .orElse(null);
        return new S3Options(
                new S3Access.Found(),
                endpoint,
                null,
                false,
                new Trust(false, null),
                RetryPolicy.DEFAULT,
                options.isSet("requester_pays"),
                writing(options.inner("s3_additional_kwargs")));
    }

    private static Writing writing(OptionReader kept) {
        return new Writing(
                kept.text("ServerSideEncryption"),
                kept.text("SSEKMSKeyId"),
                kept.text("StorageClass"),
                kept.text("ACL"));
    }

    /** Returns whether the endpoint is Amazon's, whose behaviour is known. */
    boolean isAmazon() {
        return endpoint == null;
    }

    /** Returns the payer for requests, or null for the bucket's owner. */
    @Nullable RequestPayer payer() {
        return requesterPays ? RequestPayer.REQUESTER : null;
    }

    /** Returns the description of the service. */
    Bucket.Service service() {
        return new Bucket.Service(
                "s3://",
                Optional.ofNullable(endpoint).map(URI::toString),
                retryPolicy,
                access instanceof S3Access.NotThere not ? Optional.of(not.reason()) : Optional.empty());
    }

    /** Returns a text without credentials. */
    @Override
    public String toString() {
        return "options for " + (endpoint == null ? "Amazon S3" : endpoint.toString());
    }

    private static void ignoreWhatTunesPython(OptionReader options, OptionReader config) {
        options.ignoreFsspecTuning();
        options.ignore(
                "auto_mkdir",
                "allow_bucket_creation",
                "protocol",
                "default_fill_cache",
                "cache_regions",
                "max_concurrency",
                "fixed_upload_size");
        // the client sends and compares checksums if the service requires them
        config.ignore(
                "max_pool_connections",
                "user_agent_extra",
                "tcp_keepalive",
                "request_checksum_calculation",
                "response_checksum_validation");
    }

    /** Finds the custom endpoint; returns empty for Amazon's. */
    private static Optional<Endpoint> endpoint(StoreAddress address, S3Access access, @Nullable String option) {
        return Endpoint.find(address, option, S3Environment.endpoints(access), S3Environment.AMAZONS)
                .filter(endpoint -> !endpoint.uri().getHost().equals(AMAZON));
    }

    /**
     * Returns how to authenticate.
     *
     * <p>Withholds this machine's credentials if only the configuration chooses the endpoint to send them to, or the
     * certificates to trust.
     */
    private static S3Access access(S3Access named, Optional<Endpoint> endpoint, Trust trust) {
        if (!named.isOfMachine()) {
            return named;
        }
        String others = "give key and secret in the configuration, or \"anon\": true for public data";
        if (endpoint.isPresent() && !endpoint.get().getsMachineCredentials()) {
            return new S3Access.NotThere(Withheld.fromEndpoint(others + "; or set " + S3Environment.ENDPOINT + "="
                    + endpoint.get().uri() + " to send yours"));
        }
        boolean isAmazons = endpoint.isEmpty()
                || S3Environment.AMAZONS.matcher(endpoint.get().uri().getHost()).matches();
        return isAmazons && (trust.all() || trust.authorities() != null)
                ? new S3Access.NotThere(new Withheld(
                        "only the configuration says whose certificate to trust",
                        "leave client_kwargs.verify out, or " + others))
                : named;
    }

    private static boolean byPath(OptionReader addressing, @Nullable URI endpoint) {
        String style = addressing.text("addressing_style");
        addressing.ignore("payload_signing_enabled");
        if (style == null || style.equals("auto")) {
            return endpoint != null;
        }
        if (style.equals("path") || style.equals("virtual")) {
            return style.equals("path");
        }
        throw addressing.wrong("addressing_style", "auto, path or virtual");
    }

    private static Trust trust(OptionReader client, StoreAddress address) {
        Object verify = client.value("verify");
        if (verify == null || Boolean.TRUE.equals(verify)) {
            return new Trust(false, null);
        }
        if (Boolean.FALSE.equals(verify)) {
            return new Trust(true, null);
        }
        if (verify instanceof String file) {
            try {
                Path path = Path.of(file);
                Path base = address.baseFolder();
                return new Trust(false, base == null ? path.toAbsolutePath() : base.resolve(path));
            } catch (InvalidPathException e) {
                // the exception below omits the path's own message, because no message quotes an option's value
            }
        }
        throw client.wrong("verify", "true, false or the path of a file of certificates");
    }

    private static int attempts(OptionReader retries) {
        Object most = retries.value("max_attempts");
        if (most == null) {
            return RetryPolicy.DEFAULT.attempts();
        }
        if (most instanceof Integer number && number >= 0 && number < 100) {
            return number + 1;
        }
        throw retries.wrong("max_attempts", "a number from 0 to 99");
    }

    private static Duration seconds(@Nullable Double value, Duration otherwise) {
        return value == null ? otherwise : Duration.ofMillis(Math.max(1, Math.round(value * 1000)));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
