package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import java.time.Duration;
import java.util.Optional;
import org.copick.error.CopickException;
import org.copick.error.NotFoundException;
import org.copick.error.StorageException;
import org.copick.gcs.server.GcsAnswers;
import org.copick.storage.ObjectStore;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.FaultyProxy;
import org.copick.tests.network.FaultyProxy.Answer;
import org.copick.tests.network.NetworkUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests messages for answers of the service. {@link GcsLoginTest} tests those about credentials. */
final class GcsErrorsTest {
    private final GcsUnderTest place = GcsServerUnderTest.place();
    private final FaultyProxy proxy = new FaultyProxy(place.endpoint());
    private final ObjectStore store = place.open(proxy.endpoint(), Duration.ofSeconds(5));

    @AfterEach
    void close() {
        store.close();
        proxy.close();
        place.remove();
    }

    /** Checks for each line: status, reason, number of attempts, and message. */
    @ParameterizedTest
    @CsvSource({
        "400, invalid, 1, it failed (HTTP 400 invalid: as the test wants it)",
        "403, forbidden, 1, access is denied (HTTP 403 forbidden: as the test wants it)",
        "403, rateLimitExceeded, 4, the service asks to slow down",
        "408, requestTimeout, 4, it took too long",
        "429, rateLimitExceeded, 4, the service asks to slow down",
        "500, backendError, 4, the service failed",
        "501, notImplemented, 1, it failed (HTTP 501 notImplemented: as the test wants it)",
        "502, badGateway, 4, the service failed",
        "503, backendError, 4, the service asks to slow down",
        "504, gatewayTimeout, 4, the service failed",
    })
    void statusesAreTold(int status, String reason, int times, String expected) {
        proxy.harm(request -> true, 1000, GcsAnswers.error(status, reason, "as the test wants it"));
        CopickException e = assertThrows(CopickException.class, () -> store.listFolder(""));
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
        assertEquals(times, proxy.exchanges().size());
        assertEquals(times == NetworkUnderTest.ATTEMPTS, e instanceof StorageException told && told.mayBeTransient());
    }

    /** Checks plain-text answers, which the service gives to requests for content. */
    @Test
    void textsAreTold() {
        proxy.harm(
                request -> true, 1, new Answer(403, "Content-Type: text/html\r\n", "Anonymous caller has no access."));
        CopickException e = assertThrows(CopickException.class, () -> store.read("object"));
        assertTrue(String.valueOf(e.getMessage()).contains("Anonymous caller has no access."), e.getMessage());
        proxy.harm(
                request -> true,
                1,
                new Answer(404, "Content-Type: text/html\r\n", "The specified bucket does not exist."));
        assertThrows(NotFoundException.class, () -> store.read("object"));
    }

    @Test
    void anAnswerThatIsDeeperThanAnyIsTold() {
        for (int status : new int[] {200, 403}) {
            for (String begin : new String[] {"{\"error\": ", "{\"items\": ", "{\"nextPageToken\": "}) {
                String deep = begin + "[".repeat(1_000_000);
                proxy.harm(request -> true, 1, new Answer(status, "Content-Type: application/json\r\n", deep));
                assertThrows(CopickException.class, () -> store.listFolder(""));
            }
        }
    }

    @Test
    void theServicesOwnWaitIsKept() {
        HttpHeaders headers = new HttpHeaders().setRetryAfter("7");
        assertEquals(
                Optional.of(Duration.ofSeconds(7)),
                GcsFailures.wait(new HttpResponseException.Builder(503, "busy", headers).build()));
    }

    @Test
    void errorsOfWritesAreTold() {
        proxy.harm(request -> true, 1000, GcsAnswers.error(404, "notFound", "Not Found"));
        CopickException e =
                assertThrows(NotFoundException.class, () -> store.write("object", new byte[1], WriteCondition.ANY));
        assertTrue(String.valueOf(e.getMessage()).contains("no such bucket"), e.getMessage());
    }
}
