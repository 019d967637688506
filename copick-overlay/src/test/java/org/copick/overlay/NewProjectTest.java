package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidConfigException;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests projects that are created by a program, with a configuration that it builds. */
final class NewProjectTest {
    @TempDir
    private Path folder;

    @Test
    void aProjectIsCreatedAndOpenedAgain() throws IOException {
        Path file = folder.resolve("copick.json");
        try (Root root = Copick.create(
                file,
                config -> config.name("made here")
                        .overlay("annotations", Map.of("auto_mkdir", true))
                        .userId("alice")
                        .sessionId("7")
                        .object(ObjectDefinition.particle("ribosome").radius(150))
                        .object(ObjectDefinition.builder("membrane", false)))) {
            assertEquals("made here", root.name());
            assertEquals(List.of(file), list(), "only the configuration is written");
            root.newRun("TS_1").newPicks(AnnotationId.of("ribosome"), List.of(Point.at(1, 2, 3)));
        }
        try (Root root = Copick.open(file)) {
            assertEquals(OptionalLong.of(1), root.object("ribosome").label());
            assertEquals(OptionalLong.of(2), root.object("membrane").label());
            assertEquals(1, root.run("TS_1").picks("ribosome:alice/7").size());
            assertEquals(Map.of("auto_mkdir", true), root.config().overlayFsArgs());
        }
        String before = Files.readString(file);
        assertThrows(AlreadyExistsException.class, () -> Copick.create(file, config -> config.overlay("other")));
        assertEquals(before, Files.readString(file));
    }

    @Test
    void credentialsSavedThroughALinkArePrivate() throws IOException {
        assumeTrue(Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null, "no POSIX permissions");
        Path file = Files.writeString(
                folder.resolve("target.json"),
                "{\"overlay_root\": \"a\", \"pickable_objects\": [], \"api_token\": \"hunter2\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("copick.json"), file);
        try (Root root = Copick.open(link)) {
            root.addObject(ObjectDefinition.particle("ribosome").build());
            root.save();
        }
        assertTrue(Files.readString(link).contains("hunter2"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(link)));
    }

    private List<Path> list() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void whatIsWrongIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path file = folder.resolve("copick.json");
        assertThrows(InvalidConfigException.class, () -> Copick.create(file, config -> config.name("no overlay")));
        assertThrows(
                InvalidConfigException.class,
                () -> Copick.create(file, config -> config.overlay("a").userId("a_b")));
        assertThrows(
                InvalidConfigException.class,
                () -> Copick.create(
                        file,
                        config -> config.overlay("a")
                                .object(ObjectDefinition.particle("x"))
                                .object(ObjectDefinition.particle("x"))));
        assertThrows(
                InvalidConfigException.class,
                () -> Copick.create(
                        file,
                        config -> config.overlay("a")
                                .object(ObjectDefinition.particle("x").label(3))
                                .object(ObjectDefinition.particle("y").label(3))));
        assertThrows(
                InvalidConfigException.class,
                () -> Copick.create(file, config -> config.overlay("a", Map.of("secret", "hunter2"))));
        assertEquals(List.of(), list());
    }

    @Test
    void changesKeepEverythingElse() {
        ProjectConfig config = ProjectConfig.parse(
                "{\"overlay_root\": \"a\", \"pickable_objects\": [], \"later\": [1.50, null], \"runs\": [\"b\"]}", "x");
        ProjectConfig changed = config.toBuilder().name("other").build();
        assertEquals(Optional.of("other"), changed.name());
        assertEquals(config.unknown(), changed.unknown());
        assertEquals(config, changed.toBuilder().name("CoPick").build());
    }
}
