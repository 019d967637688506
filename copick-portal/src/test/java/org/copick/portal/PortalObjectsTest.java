package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.config.ObjectDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of objects that a program adds, replaces and removes while the project is open. */
final class PortalObjectsTest {
    private static final ObjectDefinition CYTOSKELETON = ObjectDefinition.builder("filament-bundle", true)
            .identifier("GO:0005856")
            .build();

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

    /** Returns the objects that the portal has picks of. */
    private static Set<String> ofPortal(Root root) {
        TreeSet<String> names = new TreeSet<>();
        for (Run run : root.runs()) {
            run.picks().stream().filter(Picks::readOnly).forEach(picks -> names.add(picks.objectName()));
        }
        return names;
    }

    @Test
    void annotationsOfANewObjectAppear() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            assertEquals(new TreeSet<>(List.of("pump", "ribosome")), ofPortal(root));
            assertEquals(List.of("Contents"), server.operations());
            root.addObject(CYTOSKELETON);
            assertEquals(List.of(), server.operations(), "nothing is asked before it is needed");
            assertEquals(new TreeSet<>(List.of("filament-bundle", "pump", "ribosome")), ofPortal(root));
            assertEquals(List.of("Contents"), server.operations(), "the runs are known");
            assertEquals(2, root.run("20001").voxelSpacings().size());
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void removedObjectsAreIgnoredWithoutARequest() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            ofPortal(root);
            server.operations();
            ObjectDefinition ribosome = root.object("ribosome").definition();
            root.removeObject("ribosome");
            assertEquals(new TreeSet<>(List.of("pump")), ofPortal(root));
            root.addObject(ribosome);
            assertEquals(new TreeSet<>(List.of("pump", "ribosome")), ofPortal(root));
            root.removeObject("ribosome");
            root.addObject(ObjectDefinition.builder("another-name", true)
                    .identifier(ribosome.identifier().orElseThrow())
                    .build());
            assertEquals(new TreeSet<>(List.of("another-name", "pump")), ofPortal(root));
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void otherChangesOfObjectsAskNothing() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            Run before = root.runs().get(0);
            root.addObject(ObjectDefinition.builder("mine", true).build());
            root.replaceObject(
                    root.object("ribosome").definition().toBuilder().radius(7).build());
            assertEquals(List.of("Contents"), server.operations());
            assertSame(before, root.runs().get(0), "the list of runs is kept");
            ofPortal(root);
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void aNewObjectBeforeTheFirstListingIsPartOfIt() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            project.root.addObject(CYTOSKELETON);
            assertEquals(new TreeSet<>(List.of("filament-bundle", "pump", "ribosome")), ofPortal(project.root));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void onlyPagesThatAreNeededAreAskedForAgain() throws IOException {
        server.grow(120);
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            ofPortal(root);
            assertEquals(4, server.operations().size());
            root.addObject(CYTOSKELETON);
            assertTrue(root.run("57020001").picks().stream()
                    .anyMatch(picks -> picks.objectName().equals("filament-bundle")));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void theCacheOfTheNewObjectsIsUsedByTheNextProcess() throws IOException {
        Path caches = folder.resolve("caches");
        try (PortalProject project = PortalProject.main(server, folder.resolve("a"), config -> {
            config.put("portal_cache", true);
            config.put("portal_cache_dir", caches.toString());
        })) {
            ofPortal(project.root);
            project.root.addObject(CYTOSKELETON);
            ofPortal(project.root);
            server.operations();
        }
        try (PortalProject project = PortalProject.main(server, folder.resolve("b"), config -> {
            config.put("portal_cache", true);
            config.put("portal_cache_dir", caches.toString());
        })) {
            project.root.addObject(CYTOSKELETON);
            assertEquals(new TreeSet<>(List.of("filament-bundle", "pump", "ribosome")), ofPortal(project.root));
            assertEquals(List.of(), server.operations());
        }
    }

    @Test
    void twoObjectsOfOneIdentifierAreReported() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            assertEquals(List.of(), root.unparsableNames());
            root.addObject(ObjectDefinition.builder("again", true)
                    .identifier("GO:0022626")
                    .build());
            assertEquals(1, root.unparsableNames().size());
            root.removeObject("again");
            assertEquals(List.of(), root.unparsableNames());
        }
    }
}
