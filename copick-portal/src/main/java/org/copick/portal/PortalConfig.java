package org.copick.portal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a configuration that concern the portal.
 *
 * @param datasets the ids of the datasets, each once, in the configuration's order
 * @param address the address of the GraphQL service
 * @param bucketRoot the root to read data from instead of the bucket that the portal names; null for that bucket
 * @param bucketOptions the file-system arguments of the bucket or of {@code bucketRoot}
 * @param objects the name of the object of each identifier
 * @param cacheFolder the folder of the cached catalogue; null for no cache
 * @param cacheAge the greatest age of rows that are used without asking the service; zero or less for any age
 * @param ambiguous messages about identifiers that several objects have
 */
record PortalConfig(
        Set<Long> datasets,
        URI address,
        @Nullable String bucketRoot,
        Map<String, @Nullable Object> bucketOptions,
        Map<String, String> objects,
        @Nullable Path cacheFolder,
        Duration cacheAge,
        List<String> ambiguous) {
    /** The {@code config_type} of projects in the portal. */
    static final String TYPE = "cryoet_data_portal";

    /** The address of the service, as Python's client has it. */
    static final URI SERVICE = URI.create("https://graphql.cryoetdataportal.czscience.com/graphql");

    /** The environment variable that names another service. */
    static final String ADDRESS_VARIABLE = "COPICK_PORTAL_URL";

    private static final Set<String> ON = Set.of("1", "true", "yes", "on");
    private static final Set<String> OFF = Set.of("0", "false", "no", "off");
    private static final Duration DAY = Duration.ofDays(1);

    /** The bucket is public, so no credentials are searched; naming its region saves the request that finds it. */
    private static final Map<String, @Nullable Object> PUBLIC =
            Map.of("anon", true, "client_kwargs", Map.of("region_name", "us-west-2"));

    /**
     * Reads the fields.
     *
     * @param environment the environment variables, which precede the fields; malformed ones of the cache are ignored,
     *     as in Python
     */
    static PortalConfig of(ProjectConfig config, Map<String, String> environment) {
        Map<String, @Nullable Object> fields = config.unknown();
        return new PortalConfig(
                        datasets(fields),
                        service(text(fields, "portal_url"), environment),
                        text(fields, "portal_bucket_root"),
                        options(fields),
                        Map.of(),
                        isCached(fields, environment) ? cacheFolder(fields, environment) : null,
                        cacheAge(fields, environment),
                        List.of())
                .withObjects(config);
    }

    /** Returns these fields with the objects of a configuration. */
    PortalConfig withObjects(ProjectConfig config) {
        Map<String, String> objects = new LinkedHashMap<>();
        List<String> ambiguous = new ArrayList<>();
        for (ObjectDefinition object : config.objects()) {
            object.identifier().ifPresent(identifier -> {
                String earlier = objects.put(identifier, object.name());
                if (earlier != null) {
                    ambiguous.add("the objects \"" + earlier + "\" and \"" + object.name()
                            + "\" have the same identifier; annotations of the portal belong to the last one");
                }
            });
        }
        return new PortalConfig(
                datasets, address, bucketRoot, bucketOptions, objects, cacheFolder, cacheAge, ambiguous);
    }

    /**
     * Returns the address of the service.
     *
     * @param field the configuration's {@code portal_url}, which the environment precedes; null for none
     */
    static URI service(@Nullable String field, Map<String, String> environment) {
        String variable = environment.getOrDefault(ADDRESS_VARIABLE, "");
        if (!variable.isBlank()) {
            return address(ADDRESS_VARIABLE, variable);
        }
        return field == null ? SERVICE : address("portal_url", field);
    }

    boolean isDefaultAddress() {
        return address.equals(SERVICE);
    }

    /** Returns the location of the portal's layer. */
    String location() {
        List<String> ids = datasets.stream().map(id -> Long.toString(id)).toList();
        return PortalEntries.ROOT + String.join(",", ids);
    }

    private static boolean isCached(Map<String, @Nullable Object> fields, Map<String, String> environment) {
        String variable =
                environment.getOrDefault("COPICK_PORTAL_CACHE", "").strip().toLowerCase(Locale.ROOT);
        if (ON.contains(variable) || OFF.contains(variable)) {
            return ON.contains(variable);
        }
        Object value = fields.get("portal_cache");
        if (value != null && !(value instanceof Boolean)) {
            throw invalid("portal_cache", "must be true or false");
        }
        return value == null || (Boolean) value;
    }

    /** Returns the folder of our own files, which are beside those of Python if a folder is given. */
    private static Path cacheFolder(Map<String, @Nullable Object> fields, Map<String, String> environment) {
        String variable = environment.getOrDefault("COPICK_PORTAL_CACHE_DIR", "");
        String folder = variable.isBlank() ? text(fields, "portal_cache_dir") : variable;
        if (folder != null) {
            return Path.of(folder);
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path user = Path.of(System.getProperty("user.home", "."));
        Path base = caches.isBlank() || !Path.of(caches).isAbsolute() ? user.resolve(".cache") : Path.of(caches);
        return base.resolve("copick-java").resolve("portal");
    }

    private static Duration cacheAge(Map<String, @Nullable Object> fields, Map<String, String> environment) {
        String variable =
                environment.getOrDefault("COPICK_PORTAL_CACHE_TTL", "").strip();
        if (variable.matches("[+-]?[0-9]{1,12}")) {
            return Duration.ofSeconds(Long.parseLong(variable));
        }
        Object value = fields.get("portal_cache_ttl_seconds");
        if (value != null && !(value instanceof Number)) {
            throw invalid("portal_cache_ttl_seconds", "must be a number of seconds");
        }
        return value == null ? DAY : Duration.ofSeconds(((Number) value).longValue());
    }

    private static Set<Long> datasets(Map<String, @Nullable Object> fields) {
        if (!(fields.get("dataset_ids") instanceof List<?> ids)) {
            throw invalid("dataset_ids", "must be a list of the ids of datasets in the portal");
        }
        Set<Long> datasets = new LinkedHashSet<>();
        for (Object id : ids) {
            // like Python, which accepts numbers in texts
            String text = String.valueOf(id).strip();
            if (!text.matches("[0-9]{1,18}(\\.0*)?")) {
                throw invalid("dataset_ids", "must hold whole numbers, the ids of datasets in the portal");
            }
            datasets.add(Long.parseLong(text.replaceFirst("\\..*", "")));
        }
        return datasets;
    }

    private static @Nullable String text(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            throw invalid(name, "must be text");
        }
        return (String) value;
    }

    private static Map<String, @Nullable Object> options(Map<String, @Nullable Object> fields) {
        Object value = fields.get("portal_fs_args");
        if (value == null) {
            return fields.get("portal_bucket_root") == null ? PUBLIC : Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw invalid("portal_fs_args", "must be an object");
        }
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        map.forEach((name, option) -> options.put(String.valueOf(name), option));
        return options;
    }

    private static URI address(String source, String text) {
        URI address;
        try {
            address = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw invalid(source, "must be an http or https URL");
        }
        boolean isHttp = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
        if (!isHttp || address.getHost() == null) {
            throw invalid(source, "must be an http or https URL");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw invalid(source, "must hold neither a login nor a query; the portal needs none");
        }
        return Objects.requireNonNull(address);
    }

    private static InvalidConfigException invalid(String field, String problem) {
        return new InvalidConfigException("invalid configuration: " + field + " " + problem);
    }
}
