package org.copick.tests.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;
import org.copick.tests.broken.TornStore.Defect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the kit's promises about kills, with stores that other processes can open. */
final class TornStoresTest {
    private static final String IN_A_WRITE = "aKillTearsNoObject";
    private static final String IN_A_WRITER = "aKilledWriterOfPiecesLeavesNothing";
    private static final String LOCATION = "theProviderOpensTheLocation";

    @TempDir
    Path folder;

    @Test
    void aStoreThatWritesWholeObjectsPasses() {
        KitRun run = run(Defect.NONE, IN_A_WRITE, IN_A_WRITER, LOCATION);
        assertEquals(Map.of(), run.failures());
        assertEquals(Set.of(IN_A_WRITE, IN_A_WRITER, LOCATION), run.tests());
    }

    @ParameterizedTest
    @CsvSource({
        "HALF_OBJECT, neither its old nor its new content",
        "RIGHT_LENGTH, neither its old nor its new content",
        "LISTED_TEMPORARY, an object that nobody wrote",
        "NO_OBJECT, an object that was there before is missing"
    })
    void aKillInTheMiddleOfAWriteIsSeen(Defect defect, String message) {
        assertFails(run(defect, IN_A_WRITE), IN_A_WRITE, message);
    }

    @Test
    void aKillInTheMiddleOfAWriterIsSeen() {
        assertFails(run(Defect.PIECES, IN_A_WRITER), IN_A_WRITER, "while another process appends to a writer");
    }

    @Test
    void aFolderThatOpensTheWholePlaceIsSeen() {
        assertFails(run(Defect.WHOLE_PLACE, LOCATION), LOCATION, "as the keys below folder/");
    }

    private KitRun run(Defect defect, String... tests) {
        return KitRun.of(
                () -> new UnderTest(defect, folder.resolve(UUID.randomUUID().toString())), tests);
    }

    private static void assertFails(KitRun run, String test, String message) {
        assertTrue(run.quotes(test), () -> "the kit must see it: " + run);
        assertTrue(String.valueOf(run.failures().get(test)).contains(message), run::toString);
    }

    private record UnderTest(Defect defect, Path folder) implements StoreUnderTest {
        @Override
        public ObjectStore open() {
            return new TornStore(defect, folder);
        }

        @Override
        public Optional<String> url() {
            return Optional.of(open().location());
        }
    }
}
