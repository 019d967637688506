package org.copick.s3;

import java.util.Set;
import java.util.regex.Pattern;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * Opens {@code s3://bucket/prefix} and {@code s3a://…}: Amazon S3, and with the option {@code endpoint_url} whatever else
 * speaks its protocol.
 *
 * <p>The options are those of Python's s3fs: {@code key}, {@code secret}, {@code token}, {@code anon}, {@code profile},
 * {@code endpoint_url}, {@code requester_pays}, {@code use_ssl}, {@code client_kwargs} with {@code region_name},
 * {@code endpoint_url}, {@code verify}, {@code use_ssl} and the three {@code aws_…} credentials, {@code config_kwargs} with
 * {@code connect_timeout}, {@code read_timeout}, {@code signature_version}, {@code retries} and
 * {@code s3.addressing_style}, and {@code s3_additional_kwargs} with {@code ServerSideEncryption}, {@code SSEKMSKeyId} and
 * {@code StorageClass}. Those that only tune s3fs are accepted without effect; unknown ones are refused by name.
 *
 * <p>What the options leave open is found as every AWS tool finds it: credentials and region from the environment, the
 * profile files, and the machine's role. With {@code anon} none of these is looked at for credentials. As in Python, a
 * custom endpoint is addressed by path unless {@code addressing_style} says {@code virtual}.
 *
 * <p>Opening costs no request. Stores with equal options share their connections.
 */
public final class S3StorageProvider implements StorageProvider {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    @Override
    public String name() {
        return "Amazon S3";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3", "s3a");
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        S3Place place = place(address);
        S3Options options = S3Options.of(address);
        return new S3Store(S3Clients.open(options), place.bucket, place.prefix);
    }

    private record S3Place(String bucket, String prefix) {}

    private static S3Place place(StoreAddress address) {
        String path = address.path();
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        String prefix = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("/+$", "");
        if (!BUCKET.matcher(bucket).matches()) {
            throw new InvalidConfigException("cannot open " + address.url() + ": \"" + bucket
                    + "\" is not the name of a bucket; write s3://bucket/folder");
        }
        try {
            return new S3Place(bucket, prefix.isEmpty() ? "" : Keys.checked(prefix) + "/");
        } catch (InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }
}
