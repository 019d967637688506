package org.copick.storage.remote;

import java.util.regex.Pattern;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.copick.storage.StoreAddress;

/**
 * A bucket, and the prefix of the objects in it that belong to a store.
 *
 * @param bucket the bucket's name
 * @param prefix the beginning of all object names: empty, or ending with {@code /}
 */
public record BucketAddress(String bucket, String prefix) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    /**
     * Parses the address of a store.
     *
     * @param address a URL such as {@code s3://bucket/folder}, with or without slashes at its end
     * @return the bucket and the prefix {@code folder/}, which is empty for a whole bucket
     * @throws InvalidConfigException if the bucket is missing or invalid, or if the prefix is invalid
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

    /** Returns the URL of the prefix, which begins with {@code scheme} (such as {@code s3://}). */
    String location(String scheme) {
        return scheme + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
