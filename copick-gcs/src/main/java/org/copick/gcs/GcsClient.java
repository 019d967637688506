package org.copick.gcs;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.services.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The vendor's client with its resources.
 *
 * @param initializer prepares requests that the client does not create itself
 */
record GcsClient(Storage storage, HttpRequestInitializer initializer, HttpTransport transport, GcsLogin login) {
    void close() {
        try {
            transport.shutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
