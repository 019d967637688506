package org.copick.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/** The user's settings for all AWS tools that configure endpoints. */
final class S3Environment {
    /** Environment variable for the endpoint of S3 only. */
    static final String ENDPOINT = "AWS_ENDPOINT_URL_S3";

    /**
     * Matches host names of Amazon S3, including other partitions and private networks.
     *
     * <p>Most other names below {@code amazonaws.com} belong to machines that anyone can rent.
     */
    static final Pattern AMAZONS = Pattern.compile("(?:[a-z0-9.-]+\\.)?s3(?:express)?(?:-[a-z0-9-]+)?(?:\\.dualstack)?"
            + "(?:\\.[a-z]{2,}(?:-[a-z0-9]+)+)?(?:\\.vpce)?\\.amazonaws\\.(?:com|com\\.cn|eu)");

    private S3Environment() {}

    /** Returns the endpoints that these settings configure for the credentials, highest precedence first. */
    static List<String> endpoints(S3Access access) {
        List<String> found = new ArrayList<>();
        if (isSet(SdkSystemSetting.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) {
            return found;
        }
        add(found, System.getProperty("aws.endpointUrlS3"));
        add(found, System.getenv(ENDPOINT));
        add(found, System.getProperty("aws.endpointUrl"));
        add(found, System.getenv("AWS_ENDPOINT_URL"));
        if (!(access instanceof S3Access.Anonymous)) {
            addOfProfile(found, access);
        }
        return found;
    }

    private static boolean isSet(SdkSystemSetting setting) {
        return setting.getStringValue().filter("true"::equalsIgnoreCase).isPresent();
    }

    /**
     * Adds the endpoints of the profile. Ignores an invalid profile file, which the client reports when it reads it.
     */
    private static void addOfProfile(List<String> found, S3Access access) {
        String name = access instanceof S3Access.Profile named
                ? named.name()
                : ProfileFileSystemSetting.AWS_PROFILE.getStringValue().orElse("default");
        try {
            ProfileFile file = ProfileFile.defaultProfileFile();
            Map<String, String> profile =
                    file.profile(name).map(Profile::properties).orElse(Map.of());
            Optional.ofNullable(profile.get("services"))
                    .flatMap(services -> file.getSection("services", services))
                    .ifPresent(services -> add(found, services.properties().get("s3.endpoint_url")));
            add(found, profile.get("endpoint_url"));
        } catch (RuntimeException e) {
            // the client reports the invalid file when it reads it
        }
    }

    private static void add(List<String> found, @Nullable String endpoint) {
        if (endpoint != null && !endpoint.isBlank()) {
            found.add(endpoint);
        }
    }
}
