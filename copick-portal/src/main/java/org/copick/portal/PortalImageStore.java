package org.copick.portal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.copick.internal.threads.InterruptibleLock;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoredObject;

/**
 * The store of an image, as the portal writes images: with Zarr version 2, and with attributes that describe the levels.
 *
 * <p>Saves the requests that look for other forms. Metadata of version 3 are always missing here. The document of the group,
 * which holds only the version, exists if the attributes do. A reader that finds no image here looks into the original
 * store.
 */
final class PortalImageStore extends ForwardingStore {
    private static final String VERSION_3 = "zarr.json";
    private static final String GROUP = ".zgroup";
    private static final String ATTRIBUTES = ".zattrs";
    private static final byte[] GROUP_DOCUMENT = "{\"zarr_format\": 2}".getBytes(StandardCharsets.US_ASCII);

    private final InterruptibleLock reading = new InterruptibleLock();

    @GuardedBy("reading") private boolean isRead;

    /** The result of the only read of the attributes. */
    @GuardedBy("reading") private Optional<StoredObject> attributes = Optional.empty();

    PortalImageStore(ObjectStore image) {
        super(image);
    }

    @Override
    public Optional<StoredObject> read(String key) {
        if (key.equals(VERSION_3) || key.endsWith("/" + VERSION_3)) {
            return Optional.empty();
        }
        if (key.equals(GROUP)) {
            return attributes()
                    .map(found -> new StoredObject(
                            new ObjectInfo(
                                    GROUP, GROUP_DOCUMENT.length, found.info().version()),
                            GROUP_DOCUMENT.clone()));
        }
        return key.equals(ATTRIBUTES) ? attributes() : super.read(key);
    }

    private Optional<StoredObject> attributes() {
        reading.take("interrupted while another thread was reading " + location() + "/" + ATTRIBUTES);
        try {
            if (!isRead) {
                attributes = super.read(ATTRIBUTES);
                isRead = true;
            }
            return attributes;
        } finally {
            reading.unlock();
        }
    }
}
