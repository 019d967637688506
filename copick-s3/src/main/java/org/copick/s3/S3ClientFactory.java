package org.copick.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.copick.error.InvalidConfigException;
import org.copick.storage.remote.Requests;
import org.copick.storage.remote.SharedClients;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Creates the vendor's client.
 *
 * <p>Retries follow the client's standard mode with more attempts: it retries transient failures, waits longer each
 * time and even longer if throttled, and stops if requests of the whole process keep failing.
 */
final class S3ClientFactory {
    private static final List<ProfileFileSystemSetting> PROFILE_FILES =
            List.of(ProfileFileSystemSetting.AWS_CONFIG_FILE, ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private S3ClientFactory() {}

    /** The clients that stores share. */
    static final SharedClients<S3Options, Client> SHARED = new SharedClients<>(S3ClientFactory::client, Client::close);

    /** A client with its resources. */
    record Client(S3Client s3, SdkHttpClient http, ConditionalWrites conditionalWrites) {
        void close() {
            s3.close();
            http.close();
        }
    }

    static Client client(S3Options options) {
        AbortableHttpClient http = new AbortableHttpClient(() -> http(options), options.retryPolicy());
        try {
            S3ClientBuilder builder = S3Client.builder()
                    .httpClient(http)
                    .credentialsProvider(credentials(options))
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(S3Configuration.builder()
                            .chunkedEncodingEnabled(false)
                            .pathStyleAccessEnabled(options.byPath())
                            .expectContinueEnabled(false)
                            .build())
                    .overrideConfiguration(overrides(options));
            region(builder, options);
            if (options.endpoint() != null) {
                builder.endpointOverride(options.endpoint()).addPlugin(LegacyMd5Plugin.create());
            }
            S3Client client = built(builder);
            try {
                http.get();
            } catch (RuntimeException | Error e) {
                client.close();
                throw e;
            }
            return new Client(client, http, ConditionalWrites.at(options.endpoint()));
        } catch (RuntimeException e) {
            http.close();
            throw e instanceof SdkException || e instanceof IllegalArgumentException
                    ? new InvalidConfigException("cannot create a client for S3: " + e.getMessage(), e)
                    : e;
        }
    }

    /**
     * Prepares the other things that the first request needs, while another thread creates the service's own client.
     */
    private static SdkHttpClient http(S3Options options) {
        loadAlgorithms();
        Apache5HttpClient.Builder builder = Apache5HttpClient.builder()
                .maxConnections(Requests.AT_ONCE)
                .connectionTimeout(options.retryPolicy().connect())
                .socketTimeout(options.retryPolicy().read())
                .connectionMaxIdleTime(IDLE)
                .tcpKeepAlive(true);
        if (options.trust().authorities() != null) {
            builder.tlsTrustManagersProvider(Authorities.read(options.trust().authorities()));
        }
        boolean isPlain =
                options.endpoint() != null && "http".equals(options.endpoint().getScheme());
        if (isPlain && options.trust().authorities() == null && !options.trust().all()) {
            // the default strategy reads the system's certificates immediately, a large part of the start-up time of a
            // process
            builder.tlsSocketStrategy((socket, host, port, attachment, context) ->
                    DefaultClientTlsStrategy.createSystemDefault().upgrade(socket, host, port, attachment, context));
        }
        return builder.buildWithDefaults(AttributeMap.builder()
                .put(
                        SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES,
                        options.trust().all())
                .build());
    }

    /** Loads the signing algorithms; their first use in a process searches all security providers. */
    private static void loadAlgorithms() {
        try {
            MessageDigest.getInstance("SHA-256");
            Mac.getInstance("HmacSHA256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has these algorithms", e);
        }
    }

    private static ClientOverrideConfiguration overrides(S3Options options) {
        RetryStrategy retries = AwsRetryStrategy.forRetryMode(RetryMode.STANDARD).toBuilder()
                .maxAttempts(options.retryPolicy().attempts())
                .retryOnException(S3ClientFactory::isCollision)
                .build();
        ClientOverrideConfiguration.Builder overrides =
                ClientOverrideConfiguration.builder().retryStrategy(retries);
        if (!readsProfiles(options)) {
            // a broken credentials file must not matter if its credentials are not used
            overrides.defaultProfileFile(ProfileFile.aggregator().build());
        }
        return overrides.build();
    }

    /**
     * Returns whether two conditional writes of one key collided: Amazon refuses one of them without checking its
     * condition.
     */
    private static boolean isCollision(Throwable failure) {
        return failure instanceof AwsServiceException refused
                && refused.statusCode() == 409
                && refused.awsErrorDetails() != null
                && "ConditionalRequestConflict".equals(refused.awsErrorDetails().errorCode());
    }

    /** Builds the client. The builder reads the machine's profile files even if the settings do not need them. */
    private static S3Client built(S3ClientBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            String files = PROFILE_FILES.stream()
                    .map(file -> file.environmentVariable())
                    .collect(Collectors.joining(" and "));
            throw new InvalidConfigException(
                    "cannot create a client for S3: an AWS profile file of this machine is broken (" + e.getMessage()
                            + "); repair it, or set " + files + " to other files",
                    e);
        }
    }

    private static boolean readsProfiles(S3Options options) {
        return options.access().isOfMachine();
    }

    private static AwsCredentialsProvider credentials(S3Options options) {
        S3Access access = options.access();
        if (access instanceof S3Access.Key key) {
            return StaticCredentialsProvider.create(
                    key.token() == null
                            ? AwsBasicCredentials.create(key.key(), key.secret())
                            : AwsSessionCredentials.create(key.key(), key.secret(), key.token()));
        }
        if (access instanceof S3Access.Profile profile) {
            return ProfileCredentialsProvider.create(profile.name());
        }
        return access instanceof S3Access.Anonymous || access instanceof S3Access.NotThere
                ? AnonymousCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    /** Sets the region. Without one, the AWS bucket's region is discovered at the cost of one extra request. */
    private static void region(S3ClientBuilder builder, S3Options options) {
        String said = options.region() == null ? environmentsRegion(options) : options.region();
        builder.region(said == null ? Region.US_EAST_1 : Region.of(said));
        builder.crossRegionAccessEnabled(options.isAmazon() && options.region() == null);
    }

    private static @Nullable String environmentsRegion(S3Options options) {
        if (!readsProfiles(options)) {
            String region = System.getenv("AWS_REGION");
            return region == null || region.isBlank() ? null : region;
        }
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            if (options.access() instanceof S3Access.Profile profile) {
                chain.profileName(profile.name());
            }
            return chain.build().getRegion().id();
        } catch (RuntimeException e) {
            return null; // no region is configured
        }
    }
}
