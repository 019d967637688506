package org.copick.portal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.copick.error.ClosedException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.spi.StoreOpener;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Opens the places that the portal's rows name, all of them in buckets. Safe for use by many threads.
 *
 * <p>Only {@code s3://} URLs are accepted, so that rows cannot refer to files of this computer. Only the portal's own bucket
 * is read with credentials, so that rows cannot have other buckets of their owner read.
 */
final class PortalBucket implements AutoCloseable {
    private static final String SCHEME = "s3://";

    /** The bucket that holds all data of the portal. */
    private static final String PORTAL = SCHEME + "cryoet-data-portal-public";

    private final StoreOpener opener;
    private final @Nullable String root;
    private final Map<String, @Nullable Object> options;

    @GuardedBy("this") private final Map<String, ObjectStore> stores = new HashMap<>();

    @GuardedBy("this") private boolean closed;

    /**
     * @param root the root to read from whatever bucket a URL names; null for the bucket itself
     * @param options the file-system arguments of the root or the buckets
     */
    PortalBucket(StoreOpener opener, @Nullable String root, Map<String, @Nullable Object> options) {
        this.opener = opener;
        this.root = root;
        this.options = options;
    }

    /** A key in a store. */
    record Place(ObjectStore store, String key) {}

    /** Returns the place of a URL. Costs no request. */
    Place place(String url) {
        int slash = url.indexOf('/', SCHEME.length());
        if (!url.startsWith(SCHEME) || slash <= SCHEME.length()) {
            throw new CorruptDataException("cannot read " + url + ": the portal names no object in a bucket");
        }
        String key = url.substring(slash + 1);
        try {
            Keys.checked(key);
        } catch (InvalidNameException e) {
            throw new CorruptDataException("cannot read " + url + ": " + e.getMessage(), e);
        }
        return new Place(store(root == null ? allowed(url.substring(0, slash), url) : root), key);
    }

    private String allowed(String bucket, String url) {
        if (!bucket.equals(PORTAL) && !Boolean.TRUE.equals(options.get("anon"))) {
            throw new CorruptDataException("cannot read " + url + ": the credentials of portal_fs_args are for "
                    + PORTAL + " only; set \"anon\" to true there, or name the root of the data in portal_bucket_root");
        }
        return bucket;
    }

    private synchronized ObjectStore store(String url) {
        if (closed) {
            throw new ClosedException("the bucket of the portal is closed; open the project again");
        }
        ObjectStore known = stores.get(url);
        if (known == null) {
            known = opener.open(url, options);
            stores.put(url, known);
        }
        return known;
    }

    @Override
    public void close() {
        List<ObjectStore> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(stores.values());
            stores.clear();
        }
        open.forEach(ObjectStore::close);
    }
}
