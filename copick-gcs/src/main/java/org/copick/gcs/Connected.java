package org.copick.gcs;

import com.google.api.client.http.HttpResponse;
import java.io.Closeable;
import java.io.IOException;

/** An answer that holds a connection. A failure to close it never hides a failure to read it. */
record Connected(HttpResponse response) implements Closeable {
    @Override
    public void close() throws IOException {
        response.disconnect();
    }
}
