package org.copick.cli.output;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Tests that messages about failures hold no secrets. */
final class FailureMessageTest {
    @Test
    void tracesMaskCredentialsOfCauses() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        FailureMessage.printTrace(
                new IllegalStateException(
                        "no", new IOException("GET https://me:hunter2@host/x?X-Amz-Signature=hunter3")),
                out);
        out.flush();
        assertTrue(text.toString().contains("Caused by: java.io.IOException: GET https://"), text::toString);
        assertFalse(text.toString().contains("hunter"), text::toString);
    }
}
