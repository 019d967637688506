package org.copick.http;

import java.time.Duration;
import java.util.Map;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.remote.RetryPolicy;
import org.copick.tests.StoreUnderTest;

/** A place for the kit: a server whose listings, which web servers lack, come from the test. */
final class HttpUnderTest implements StoreUnderTest {
    /** Attempts of stores with a short patience. */
    static final int ATTEMPTS = 4;

    private final WebServer server = new WebServer();

    WebServer server() {
        return server;
    }

    @Override
    public ObjectStore open() {
        return new ListedStore(open(server.url(), Map.of()), server);
    }

    /** Opens a URL with the options of a configuration. */
    static ObjectStore open(String url, Map<String, Object> options) {
        return new HttpStorageProvider().open(new StoreAddress(url, options, null));
    }

    /** Opens a URL with a time-out for answers and {@link #ATTEMPTS} attempts. */
    static ObjectStore open(String url, Duration patience) {
        StoreAddress address = new StoreAddress(url, Map.of(), null);
        HttpRoot root = HttpRoot.of(address);
        HttpOptions options = HttpOptions.of(address, root, Environment.ofProcess());
        return HttpStore.open(
                root, new HttpOptions(options.access(), new RetryPolicy(Duration.ofSeconds(1), patience, ATTEMPTS)));
    }

    @Override
    public void fill(Map<String, byte[]> objects) {
        objects.forEach(server::put);
    }

    @Override
    public void remove() {
        server.close();
    }
}
