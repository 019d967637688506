package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.NoCredentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import org.copick.gcs.server.GcsAnswers;
import org.copick.tests.network.FaultyProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests why upload sessions are not left to the vendor's client. If one of these tests fails, they may be. */
final class VendorWriterTest {
    private final GcsUnderTest place = GcsServerUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final Storage client = StorageOptions.http()
            .setHost(proxy.endpoint().toString())
            .setProjectId("tests")
            .setCredentials(NoCredentials.getInstance())
            .setRetrySettings(StorageOptions.getNoRetrySettings())
            .build()
            .getService();
    private final BlobInfo object =
            BlobInfo.newBuilder(place.bucket(), place.prefix() + "/object").build();

    @AfterEach
    void close() {
        proxy.close();
        place.remove();
    }

    @Test
    void closingAWriterPublishesWhatWasWritten() throws IOException {
        try (WriteChannel writer = client.writer(object)) {
            writer.write(ByteBuffer.allocate(1000));
            // an exception here would close the writer
        }
        assertEquals(1000, client.get(object.getBlobId()).getSize());
    }

    @Test
    void itsFailuresTellTheAddressOfTheSession() throws IOException {
        WriteChannel writer = client.writer(object);
        writer.setChunkSize(256 << 10);
        proxy.harm(
                request -> request.method().equals("PUT"),
                100,
                GcsAnswers.error(403, "forbidden", "as the test wants it"));
        IOException e = assertThrows(IOException.class, () -> writer.write(ByteBuffer.allocate(1 << 20)));
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        assertTrue(text.toString().contains("upload_id"), text.toString());
    }
}
