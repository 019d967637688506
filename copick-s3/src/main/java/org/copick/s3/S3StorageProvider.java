package org.copick.s3;

import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.BucketAddress;

/**
 * Opens {@code s3://bucket/prefix} and {@code s3a://…}: Amazon S3 or, with the option {@code endpoint_url}, any service
 * with the same protocol.
 *
 * <p>The options are those of Python's s3fs: {@code key}, {@code secret}, {@code token}, {@code anon}, {@code profile},
 * {@code endpoint_url}, {@code requester_pays}, {@code use_ssl}, {@code client_kwargs} with {@code region_name},
 * {@code endpoint_url}, {@code verify}, {@code use_ssl} and the three {@code aws_…} credentials, {@code config_kwargs}
 * with {@code connect_timeout}, {@code read_timeout}, {@code signature_version}, {@code retries} and
 * {@code s3.addressing_style}, and {@code s3_additional_kwargs} with {@code ServerSideEncryption}, {@code SSEKMSKeyId},
 * {@code StorageClass} and {@code ACL}. Options that only tune s3fs are accepted and ignored; unknown options are
 * refused by name.
 *
 * <p>Credentials and region that the options do not set are found like in every AWS tool: from the environment, the
 * profile files, and the machine's role. With {@code anon} no credentials are looked up. Credentials of this machine
 * are sent only to Amazon's hosts and to endpoints that the environment or the profile configures; for any other
 * endpoint requests throw {@link org.copick.error.AccessDeniedException}, and nothing is sent. As in Python, a custom
 * endpoint is addressed by path unless {@code addressing_style} is {@code virtual}.
 *
 * <p>Opening costs no request. Stores with equal options share their connections. {@link S3Stores} opens stores with a
 * client of the application.
 */
public final class S3StorageProvider implements StorageProvider {
    static final Set<String> SCHEMES = Set.of("s3", "s3a");

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public S3StorageProvider() {}

    @Override
    public String name() {
        return "Amazon S3";
    }

    @Override
    public Set<String> schemes() {
        return SCHEMES;
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        BucketAddress place = BucketAddress.of(address);
        return S3Store.open(place, S3Options.of(address), null);
    }
}
