package org.copick.storage.remote;

import java.util.regex.Pattern;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.copick.storage.StoreAddress;

/**
 * A bucket and the part of it that a store is about.
 *
 * @param prefix what all names of objects begin with: empty, or ending with {@code /}
 */
public record BucketAddress(String bucket, String prefix) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    /**
     * Takes an address apart.
     *
     * @throws InvalidConfigException where it names no bucket, or a prefix that is none
     */
    public static BucketAddress of(StoreAddress address) {
        String path = address.path();
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("/+$", "");
        if (!BUCKET.matcher(bucket).matches()) {
            throw new InvalidConfigException("cannot open " + address.url() + ": \"" + bucket
                    + "\" is not the name of a bucket; write " + address.scheme() + "://bucket/folder");
        }
        try {
            return new BucketAddress(bucket, prefix.isEmpty() ? "" : Keys.checked(prefix) + "/");
        } catch (InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }

    /** The URL of key {@code ""}, which begins with {@code scheme}. */
    String location(String scheme) {
        return scheme + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
