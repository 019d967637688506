package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Picks;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.error.InvalidNameException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that texts of the portal never become names of folders and files, except types of tomograms, which are checked. */
final class HostileRowsTest {
    private static final List<String> OBJECTS = List.of("ribosome", "pump", "membrane", "apoferritin");

    /** The folder of a run. */
    private static final String OF_RUN = Path.of("mine", "ExperimentRuns") + File.separator;

    @TempDir
    Path folder;

    private PortalServer server;

    @BeforeEach
    void open() throws IOException {
        server = new PortalServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Returns everything in the test's folder. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private PortalProject project() throws IOException {
        return PortalProject.main(server, folder.resolve("mine"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../evil",
                "/etc",
                "..",
                ".",
                "",
                "a\\..\\b",
                "bell\u0007\u001b[31m",
                "\u202egnp",
                "nul\0",
                "a\nb"
            })
    void namesAndOtherTextsAreFactsOnly(String text) throws IOException {
        server.rows("Run").forEach(row -> row.put("name", text));
        server.rows("Annotation").forEach(row -> row.put("objectName", text).put("annotationMethod", text));
        server.rows("AnnotationAuthor").forEach(row -> row.put("name", text));
        server.rows("TomogramAuthor").forEach(row -> row.put("name", text));
        try (PortalProject project = project()) {
            List<String> before = files();
            Run run = project.root.run("20001");
            assertEquals(text, run.metadata().get("portal_run_name"));
            assertTrue(project.root.runsNamed(text).contains(run));
            assertFalse(run.picks().isEmpty());
            for (Picks picks : run.picks()) {
                assertTrue(OBJECTS.contains(picks.objectName()), picks.toString());
                assertFalse(picks.readOnly() && !picks.userId().equals("data-portal"), picks.toString());
                assertFalse(picks.readOnly() && !picks.sessionId().matches("[0-9]+"), picks.toString());
            }
            for (Segmentation mask : run.segmentations()) {
                assertTrue(OBJECTS.contains(mask.objectName()), mask.toString());
            }
            assertEquals(before, files(), "reading writes nothing");
            run.newPicks(AnnotationId.of("pump").user("bob").session("1"), List.of());
            List<String> added =
                    files().stream().filter(file -> !before.contains(file)).toList();
            assertFalse(added.isEmpty());
            added.forEach(file -> assertTrue(file.startsWith(OF_RUN + "20001"), file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "/etc", "a/../../../b", "nul\0"})
    void nothingIsStoredUnderTypesThatAreNoNames(String method) throws IOException {
        server.rows("Tomogram").forEach(row -> row.put("reconstructionMethod", method));
        try (PortalProject project = project()) {
            VoxelSpacing spacing = project.root.run("20002").voxelSpacing(10);
            List<String> before = files();
            List<Tomogram> ofPortal =
                    spacing.tomograms().stream().filter(Tomogram::readOnly).toList();
            assertFalse(ofPortal.isEmpty());
            for (Tomogram tomogram : ofPortal) {
                assertThrows(InvalidNameException.class, tomogram::hide);
                assertThrows(InvalidNameException.class, tomogram::writableCopy);
                assertTrue(tomogram.features().isEmpty());
            }
            assertEquals(before, files());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "bell\u0007", "a b"})
    void otherTypesStayInTheirFolder(String method) throws IOException {
        server.rows("Tomogram").forEach(row -> row.put("reconstructionMethod", method));
        try (PortalProject project = project()) {
            List<String> before = files();
            project.root.run("20002").voxelSpacing(10).tomograms().get(0).hide();
            List<String> added =
                    files().stream().filter(file -> !before.contains(file)).toList();
            assertFalse(added.isEmpty());
            added.forEach(file -> assertTrue(file.startsWith(OF_RUN + "20002"), file));
        }
    }

    @Test
    void runsAreNotFoundByPaths() throws IOException {
        try (PortalProject project = project()) {
            for (String name : List.of("20001/../20002", "../20001")) {
                assertThrows(InvalidNameException.class, () -> project.root.run(name));
            }
        }
    }
}
