package org.copick.http;

import java.util.Set;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * Opens {@code https://host/folder} and {@code http://host/folder}: a folder of a web server, read-only.
 *
 * <p>Objects are read by {@code GET} and {@code HEAD}, ranges by the header {@code Range}. A version is a strong
 * {@code ETag}, otherwise {@code Last-Modified} with the size. Listings throw
 * {@link org.copick.error.UnsupportedFeatureException}, changes throw {@link org.copick.error.ReadOnlyException}.
 *
 * <p>The options are those of fsspec's HTTP file system: {@code headers}, {@code client_kwargs} with {@code headers}, and
 * {@code timeout} in seconds. Options that only tune Python are accepted and ignored; unknown ones are refused by name.
 *
 * <p>Without a header {@code Authorization} in the options, credentials come from the environment variables
 * {@code COPICK_HTTP_TOKEN}, or {@code COPICK_HTTP_USER} with {@code COPICK_HTTP_PASSWORD}, for the host that
 * {@code COPICK_HTTP_HOST} names, otherwise from the host's entry of the file {@code .netrc}. Credentials and configured
 * headers are only sent to the host of the address, encrypted or to this machine, and never after a redirect elsewhere.
 *
 * <p>Opening costs no request. All stores share their connections. Safe for use by several threads.
 */
public final class HttpStorageProvider implements StorageProvider {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public HttpStorageProvider() {}

    @Override
    public String name() {
        return "web servers, read-only";
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
    public boolean needsIndex() {
        return true;
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        HttpRoot root = HttpRoot.of(address);
        return HttpStore.open(root, HttpOptions.of(address, root, Environment.ofProcess()));
    }
}
