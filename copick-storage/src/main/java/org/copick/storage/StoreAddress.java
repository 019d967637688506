package org.copick.storage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.copick.error.InvalidConfigException;
import org.copick.error.UrlSecrets;
import org.jspecify.annotations.Nullable;

/**
 * The address of a store and the options to open it, as given in a configuration.
 *
 * @param url a URL or, for the local disk, a path
 * @param options the configuration's file-system arguments, named as in Python; may hold secrets
 * @param baseFolder the folder that relative paths are resolved against: the folder of the configuration file, or null
 *     for the process's working folder if the configuration did not come from a file
 */
public record StoreAddress(
        String url, Map<String, Object> options, @Nullable Path baseFolder) {
    /**
     * Creates an address and copies the options.
     *
     * @param url a URL or, for the local disk, a path
     * @param options the file-system arguments, without null
     * @param baseFolder the folder that relative paths are resolved against, or null
     * @throws InvalidConfigException if the URL holds {@linkplain UrlSecrets credentials}; the message does not quote
     *     them
     */
    public StoreAddress {
        Objects.requireNonNull(options, "options");
        options = Map.copyOf(options);
        int path = url.indexOf("://");
        if (path >= 0 && UrlSecrets.isIn(url)) {
            throw new InvalidConfigException("cannot open " + url.substring(0, path)
                    + "://…: the URL holds a login, a signature or a token; leave it out and give credentials as options"
                    + " of the file system");
        }
    }

    /** {@return the URL's scheme in lower case, or an empty text for a bare path} */
    public String scheme() {
        int colon = url.indexOf("://");
        if (colon <= 0) {
            return "";
        }
        String scheme = url.substring(0, colon);
        return scheme.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0))
                ? scheme.toLowerCase(java.util.Locale.ROOT)
                : "";
    }

    /** {@return the part of the URL after {@code scheme://}, or the whole text of a bare path} */
    public String path() {
        return scheme().isEmpty() ? url : url.substring(url.indexOf("://") + 3);
    }

    /** {@return the URL and the names of the options, without their values, which may be secrets} */
    @Override
    public String toString() {
        return url + " with options " + options.keySet().stream().sorted().toList();
    }
}
