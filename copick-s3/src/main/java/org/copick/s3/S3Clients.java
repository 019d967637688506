package org.copick.s3;

import java.util.HashMap;
import java.util.Map;

/**
 * The clients that stores with equal options share, with their connections. A client goes when the last store that uses it
 * is closed.
 */
final class S3Clients {
    private static final Map<S3Options, Shared> OPEN = new HashMap<>();

    private S3Clients() {}

    /** The client of these options; to be closed by each who opened it. */
    static S3Connection open(S3Options options) {
        synchronized (OPEN) {
            Shared shared = OPEN.get(options);
            if (shared == null) {
                shared = new Shared(S3ClientFactory.client(options));
                OPEN.put(options, shared);
            }
            shared.users++;
            return new S3Connection(options, shared.client, () -> release(options));
        }
    }

    private static void release(S3Options options) {
        Shared gone = null;
        synchronized (OPEN) {
            Shared shared = OPEN.get(options);
            if (shared != null && --shared.users == 0) {
                OPEN.remove(options);
                gone = shared;
            }
        }
        if (gone != null) {
            gone.client.close();
        }
    }

    private static final class Shared {
        final S3ClientFactory.Client client;
        int users;

        Shared(S3ClientFactory.Client client) {
            this.client = client;
        }
    }
}
