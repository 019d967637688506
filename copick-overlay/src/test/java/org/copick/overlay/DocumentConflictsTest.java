package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKind;
import org.copick.error.ConflictException;
import org.copick.error.NotFoundException;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStorageProvider;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests for all kinds of documents that a document is not replaced if another writer has changed it since it was read.
 */
final class DocumentConflictsTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private enum Place {
        MEMORY,
        DISK
    }

    private final String name = "conflicts" + COUNTER.incrementAndGet();
    private final CopickContext context = CopickContext.builder().build();

    @TempDir
    private Path folder;

    @Test
    void aBrokenDocumentCanBeReplaced() {
        MemoryStore space = MemoryStorageProvider.space(name);
        AnnotationId id = AnnotationId.of("ribosome").user("u").session("1");
        try (Root root = context.open(config("memory://" + name))) {
            Run run = root.newRun("r");
            run.newPicks(id);
            run.newFilaments(id);
            for (String file : List.of("Picks", "Filaments")) {
                space.write(
                        "ExperimentRuns/r/" + file + "/u_1_ribosome.json",
                        "{broken".getBytes(StandardCharsets.UTF_8),
                        WriteCondition.ANY);
            }
        }
        try (Root root = context.open(config("memory://" + name))) {
            Run run = root.run("r");
            assertEquals(
                    1,
                    run.newPicks(id, List.of(Point.at(1, 2, 3)), OnExisting.REPLACE)
                            .points()
                            .size());
            Picks whole = run.newPicks(id, run.picks(id).document(), OnExisting.REUSE);
            assertEquals(1, whole.points().size());
            assertEquals(
                    List.of(),
                    run.newFilaments(id, OnExisting.REPLACE).document().filaments());
        }
    }

    @Test
    void aWriteDuringAReadIsNotAConflict() {
        AnnotationId id = AnnotationId.of("ribosome").user("u").session("1");
        MeshScene scene = MeshScene.of(Geometry.points("p", new float[] {1, 2, 3}));
        AtomicReference<Mesh> duringRead = new AtomicReference<>();
        try (CopickContext watched = CopickContext.builder()
                        .listener(operation -> {
                            Mesh mesh = duringRead.getAndSet(null);
                            if (mesh != null) {
                                mesh.write(scene);
                            }
                        })
                        .build();
                Root root = watched.open(config("memory://" + name))) {
            Mesh mesh = root.newRun("r").newMesh(id, MeshScene.empty());
            duringRead.set(mesh);
            mesh.glb();
            assertNull(duringRead.get(), "written before the read returned");
            mesh.write(MeshScene.empty());
            assertEquals(0, mesh.scene().geometries().size());
        }
    }

    private static ProjectConfig config(String root) {
        return ProjectConfig.builder()
                .overlay(root)
                .object(ObjectDefinition.particle("ribosome"))
                .build();
    }

    @AfterEach
    void close() {
        context.close();
        MemoryStorageProvider.forget(name);
    }

    @ParameterizedTest
    @EnumSource
    void aMeshThatChangedSinceItWasReadIsNotReplaced(Place place) {
        Run run = open(place).newRun("TS_001");
        Mesh mesh = run.newMesh(AnnotationId.of("ribo").user("alice").session("1"), MeshScene.empty());
        mesh.write(scene(1));
        mesh.write(scene(2));
        assertEquals(2, first(mesh.scene()), "the program's own changes do not conflict");
        mesh.write(scene(3));

        Mesh other = open(place)
                .run("TS_001")
                .mesh(AnnotationId.of("ribo").user("alice").session("1"));
        assertEquals(3, first(other.scene()));
        mesh.scene();
        mesh.write(scene(4));

        ConflictException refused = assertThrows(ConflictException.class, () -> other.write(scene(5)));
        assertTrue(refused.toString().contains("alice_1_ribo.glb"), refused::toString);
        assertEquals(4, first(mesh.scene()), "nothing was changed");
        assertThrows(ConflictException.class, () -> other.write(scene(5)), "and it stays a conflict");
        assertEquals(4, first(other.scene()));
        other.write(scene(5));
        assertEquals(5, first(mesh.scene()), "a write after reading again succeeds");
    }

    @ParameterizedTest
    @EnumSource
    void aMeshThatWasStoredHereAndThenElsewhereIsNotReplaced(Place place) {
        Run run = open(place).newRun("TS_001");
        Mesh mesh = run.newMesh(AnnotationId.of("ribo").user("alice").session("1"), MeshScene.empty());
        mesh.write(scene(1));
        open(place).run("TS_001").meshes().get(0).write(scene(2));

        assertThrows(ConflictException.class, () -> mesh.write(scene(3)));
        mesh.refresh();
        mesh.write(scene(3));

        assertEquals(3, first(mesh.scene()), "a write without a read before it replaces the stored document");
    }

    @ParameterizedTest
    @EnumSource
    void aMeshThatIsGoneIsNotMadeAgain(Place place) {
        Run run = open(place).newRun("TS_001");
        run.newMesh(AnnotationId.of("ribo").user("alice").session("1"), scene(1));
        Mesh read = run.meshes().get(0);
        Mesh unread = open(place).run("TS_001").meshes().get(0);
        read.scene();
        open(place).run("TS_001").meshes().get(0).delete();

        assertThrows(ConflictException.class, () -> read.write(scene(2)));
        assertThrows(NotFoundException.class, () -> unread.write(scene(2)));
        assertEquals(List.of(), open(place).run("TS_001").meshes());
    }

    /** All documents that a writer stores have the same length, so that the version cannot differ by size. */
    @ParameterizedTest
    @EnumSource(
            value = EntityKind.class,
            names = {"PICKS", "FILAMENTS", "MESH"})
    void allDocumentsFollowTheRule(EntityKind kind) {
        for (Place place : Place.values()) {
            Run run = open(place).newRun("TS_001");
            Consumer<Integer> mine = writer(kind, run, true);
            mine.accept(1);
            Consumer<Integer> theirs = writer(kind, open(place).run("TS_001"), false);
            mine.accept(2);
            mine.accept(3);

            assertThrows(ConflictException.class, () -> theirs.accept(4), kind + " in " + place);
        }
    }

    @Test
    void aForeignChangeOfTheFileItselfIsSeen() throws IOException {
        Run run = open(Place.DISK).newRun("TS_001");
        Mesh mesh = run.newMesh(AnnotationId.of("ribo").user("alice").session("1"), scene(1));
        byte[] read = mesh.glb();
        Path file = folder.resolve("p/ExperimentRuns/TS_001/Meshes/alice_1_ribo.glb");
        Files.write(file, scene(2).toGlb());

        assertThrows(ConflictException.class, () -> mesh.write(scene(3)));
        assertArrayEquals(scene(2).toGlb(), Files.readAllBytes(file));
        assertEquals(read.length, Files.size(file), "the documents have the same length");

        Run remote = open(Place.MEMORY).newRun("TS_001");
        Mesh stored = remote.newMesh(AnnotationId.of("ribo").user("alice").session("1"), scene(1));
        stored.scene();
        MemoryStore space = MemoryStorageProvider.space(name);
        space.write("p/ExperimentRuns/TS_001/Meshes/alice_1_ribo.glb", scene(2).toGlb(), WriteCondition.ANY);
        assertThrows(ConflictException.class, () -> stored.write(scene(3)));
        assertEquals(2, first(stored.scene()));
    }

    /** Reads or creates a document, and returns a function that stores a number in it. */
    private static Consumer<Integer> writer(EntityKind kind, Run run, boolean isNew) {
        switch (kind) {
            case PICKS -> {
                Picks picks = isNew
                        ? run.newPicks(AnnotationId.of("ribo").user("alice").session("1"))
                        : run.picks().get(0);
                picks.points();
                return number -> picks.write(List.of(Point.at(number, 0, 0)));
            }
            case FILAMENTS -> {
                Filaments filaments = isNew
                        ? run.newFilaments(AnnotationId.of("ribo").user("alice").session("1"))
                        : run.filaments().get(0);
                FilamentsDocument empty = FilamentsDocument.empty("ribo", "alice", "1", "TS_001");
                filaments.document();
                return number -> filaments.write(
                        empty.withFilaments(List.of(Filament.of(1, Polyline.of(0, 0, 0, number, 0, 0)))));
            }
            default -> {
                Mesh mesh = isNew
                        ? run.newMesh(AnnotationId.of("ribo").user("alice").session("1"), scene(0))
                        : run.meshes().get(0);
                mesh.scene();
                return number -> mesh.write(scene(number));
            }
        }
    }

    private Root open(Place place) {
        String root =
                place == Place.DISK ? folder.resolve("p").toString().replace('\\', '/') : "memory://" + name + "/p";
        return context.open(
                ProjectConfig.parse(
                        "{\"overlay_root\": \"" + root + "\", \"pickable_objects\": ["
                                + "{\"name\": \"ribo\", \"is_particle\": true, \"label\": 1}]}",
                        "test"),
                null);
    }

    private static MeshScene scene(int x) {
        return MeshScene.of(Geometry.triangles("ribo", new float[] {x, 0, 0, 9, 0, 0, 0, 9, 0}, new int[] {0, 1, 2}));
    }

    private static int first(MeshScene scene) {
        return (int) scene.geometries().get(0).vertices()[0];
    }
}
