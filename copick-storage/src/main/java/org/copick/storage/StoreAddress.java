package org.copick.storage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.copick.error.InvalidConfigException;
import org.copick.error.UrlSecrets;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is and how to reach it, as a configuration says it.
 *
 * @param url a URL or, for the local disk, a path
 * @param options the configuration's file-system arguments, by Python's names; may hold secrets
 * @param baseFolder what relative paths start from: the folder of the configuration file, or null for the process's
 *     working folder when the configuration came from no file
 */
public record StoreAddress(
        String url, Map<String, Object> options, @Nullable Path baseFolder) {
    /**
     * Takes the parts as they are.
     *
     * @throws InvalidConfigException for a URL that holds {@linkplain UrlSecrets credentials}, which the message does not
     *     quote
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

    /** The URL's scheme in lower case, or empty text for a bare path. */
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

    /** The part after {@code scheme://}, or the whole text of a bare path. */
    public String path() {
        return scheme().isEmpty() ? url : url.substring(url.indexOf("://") + 3);
    }

    /** The options' names only, because their values may be secrets. */
    @Override
    public String toString() {
        return url + " with options " + options.keySet().stream().sorted().toList();
    }
}
