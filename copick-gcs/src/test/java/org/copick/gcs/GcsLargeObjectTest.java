package org.copick.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.copick.gcs.server.GcsAnswers;
import org.copick.gcs.server.GcsServer;
import org.copick.storage.ObjectInfo;
import org.copick.storage.WriteCondition;
import org.copick.tests.network.Exchange;
import org.copick.tests.network.FaultyProxy.CutRequest;
import org.copick.tests.network.FaultyProxy.Reset;
import org.copick.tests.network.FaultyProxy.Stall;
import org.copick.tests.network.Message;
import org.junit.jupiter.api.Test;

final class GcsLargeObjectTest extends LargeObjectContract {
    private final int before = GcsServer.running().openSessions();

    GcsLargeObjectTest() {
        super(GcsServerUnderTest.place());
    }

    private static boolean isContent(Message request) {
        return request.header("content-range").matches("bytes \\d+-.*");
    }

    private void assertNothingIsLeft() {
        assertEquals(before, GcsServer.running().openSessions());
        assertTrue(store.info("large").isEmpty());
        assertEquals(List.of(), store.list("", null, 10).objects());
    }

    @Test
    void anInterruptedWriteGoesOnBehindWhatHasArrived() {
        proxy.harm(GcsLargeObjectTest::isContent, 1, new CutRequest(9 << 20));
        store.write("large", content, WriteCondition.ANY);
        List<Exchange> all = proxy.exchanges();
        List<String> ranges =
                all.stream().map(done -> done.request().header("content-range")).toList();
        assertEquals(4, all.size(), "start, broken piece, status request, rest: " + ranges);
        assertEquals("bytes */" + SIZE, ranges.get(2));
        assertEquals("bytes " + (9 << 20) + "-" + (SIZE - 1) + "/" + SIZE, ranges.get(3));
        assertArrayEquals(content, store.read("large").orElseThrow().bytes());
    }

    @Test
    void anAnswerThatWasLostIsAskedFor() {
        proxy.harm(GcsLargeObjectTest::isContent, 1, new Reset(true));
        ObjectInfo written = store.write("large", content, WriteCondition.IF_ABSENT);
        assertEquals(written, store.info("large").orElseThrow());
    }

    @Test
    void aSessionThatIsLostIsBegunAnew() {
        proxy.harm(GcsLargeObjectTest::isContent, 1, GcsAnswers.error(410, "gone", "no such session"));
        store.write("large", content, WriteCondition.ANY);
        assertEquals(Map.of("POST", 2, "PUT", 2, "DELETE", 1), requests());
        assertArrayEquals(content, store.read("large").orElseThrow().bytes());
    }

    @Test
    void whatALostSessionHasWrittenAfterAllIsOurs() {
        proxy.harm(GcsLargeObjectTest::isContent, 1, new Reset(true));
        proxy.harm(
                request -> request.header("content-range").startsWith("bytes */"),
                1,
                GcsAnswers.error(410, "gone", "no such session"));
        ObjectInfo written = store.write("large", content, WriteCondition.IF_ABSENT);
        assertEquals(written, store.info("large").orElseThrow());
        assertEquals(List.of(written), store.list("", null, 10).objects());
    }

    @Test
    void piecesThatALostSessionHasWrittenAreOurs() {
        for (WriteCondition condition : List.of(WriteCondition.IF_ABSENT, WriteCondition.ANY)) {
            proxy.harm(GcsLargeObjectTest::isLastPiece, 1, new Reset(true));
            proxy.harm(
                    request -> request.header("content-range").startsWith("bytes */"),
                    1,
                    GcsAnswers.error(404, "notFound", "no such session"));
            byte[] pieces = writePieces(condition);
            assertArrayEquals(pieces, store.read("pieces").orElseThrow().bytes());
        }
    }

    @Test
    void piecesOfALostSessionAreNotTakenForOthers() {
        byte[] other = {1, 2, 3};
        store.write("pieces", other, WriteCondition.ANY);
        proxy.harm(GcsLargeObjectTest::isLastPiece, 1, GcsAnswers.error(503, "backendError", "as the test wants it"));
        proxy.harm(
                request -> request.header("content-range").startsWith("bytes */"),
                1,
                GcsAnswers.error(404, "notFound", "no such session"));
        assertThrows(StorageException.class, () -> writePieces(WriteCondition.ANY));
        assertArrayEquals(other, store.read("pieces").orElseThrow().bytes());
    }

    private static boolean isLastPiece(Message request) {
        return request.header("content-range").matches("bytes \\d+-\\d+/\\d+");
    }

    @Test
    void whatFailsIsGivenUpAndItsAddressIsNotTold() {
        proxy.harm(GcsLargeObjectTest::isContent, 100, GcsAnswers.error(500, "backendError", "as the test wants it"));
        StorageException e =
                assertThrows(StorageException.class, () -> store.write("large", content, WriteCondition.ANY));
        assertTrue(e.mayBeTransient());
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        assertFalse(text.toString().contains("upload_id"), text.toString());
        assertNothingIsLeft();
    }

    @Test
    void whatIsCutShortIsGivenUp() throws Exception {
        proxy.harm(GcsLargeObjectTest::isContent, 100, new Stall(Duration.ofSeconds(60)));
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread writing = new Thread(() -> told.complete(
                assertThrows(CopickException.class, () -> store.write("large", content, WriteCondition.ANY))));
        writing.start();
        proxy.awaitRequest(GcsLargeObjectTest::isContent);
        writing.interrupt();
        assertInstanceOf(OperationInterruptedException.class, told.get(30, TimeUnit.SECONDS));
        assertNothingIsLeft();
    }

    @Test
    void aPieceThatIsCutGoesOnBehindWhatHasArrived() {
        proxy.harm(request -> request.header("content-range").startsWith("bytes 0-"), 1, new CutRequest(9 << 20));
        byte[] pieces = writePieces(WriteCondition.IF_ABSENT);
        assertArrayEquals(pieces, store.read("pieces").orElseThrow().bytes());
        assertEquals(4, requests().get("PUT"), "two pieces, a status request and the missing bytes");
    }
}
