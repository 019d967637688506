package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.copick.AnnotationFilter;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.CopyOptions;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.config.ObjectDefinition;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests creating and changing meshes, filaments and object definitions on disk, above a shared layer. */
final class AnnotationsTest {
    private static final Polyline LINE = Polyline.of(0, 0, 0, 10, 0, 0, 20, 0, 0);

    private final CopickContext context = CopickContext.builder().build();
    private final Path folder;
    private Root root;
    private Run run;

    AnnotationsTest(@TempDir Path folder) {
        this.folder = folder;
        root = open("a", "b");
        run = root.newRun("TS_001");
    }

    private Root open(String shared, String overlay) {
        return context.open(ProjectConfig.parse("""
                        {"overlay_root": "%s", "static_root": "%s", "pickable_objects": [
                           {"name": "mt", "is_particle": true, "label": 3,
                            "metadata": {"copick": {"filament": {}}}},
                           {"name": "ribo", "is_particle": true, "label": 5}]}
                        """.formatted(overlay, shared), "test"), folder);
    }

    private void share() {
        root = open("b", "c");
        run = root.run("TS_001");
    }

    @BeforeEach
    void create() {
        run.newFilaments(AnnotationId.of("mt").user("alice").session("1"))
                .write(document(1, 2).withVoxelSpacing(10.0));
        run.newMesh(AnnotationId.of("ribo").user("alice").session("1"), triangle());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    @Tag("statement-82")
    void filamentsAreCreated() {
        assertEquals(
                FilamentsDocument.empty("ribo", "bob", "2", "TS_001"),
                run.newFilaments(AnnotationId.of("ribo").user("bob").session("2"))
                        .document(),
                "filaments may be of an object that is not marked as a filament");
        assertTrue(run.filaments().stream().anyMatch(f -> f.location().endsWith("/TS_001/Filaments/bob_2_ribo.json")));
        assertThrows(
                NotFoundException.class,
                () -> run.newFilaments(AnnotationId.of("nobody").user("bob").session("2")));
        assertThrows(
                AlreadyExistsException.class,
                () -> run.newFilaments(AnnotationId.of("mt").user("alice").session("1")));
        assertThrows(
                InvalidNameException.class,
                () -> run.newFilaments(AnnotationId.of("mt").user("a_b").session("1")));
        assertThrows(
                InvalidNameException.class,
                () -> run.newFilaments(AnnotationId.of("mt").user("a").session("../1")));
        assertEquals(
                2,
                run.newFilaments(AnnotationId.of("mt").user("alice").session("1"), OnExisting.REUSE)
                        .document()
                        .filaments()
                        .size());
    }

    @Test
    @Tag("statement-84")
    void sharedFilamentsAreReadButNotChanged() {
        share();
        Filaments shared = run.filaments(AnnotationId.of("mt").user("alice").session("1"));
        assertEquals(2, shared.document().filaments().size());
        assertThrows(ReadOnlyException.class, () -> shared.write(document(1)));
        assertThrows(ReadOnlyException.class, shared::delete);
        Filaments own = shared.writableCopy();
        own.write(document(7));
        assertEquals(
                "overlay",
                run.filaments(AnnotationId.of("mt").user("alice").session("1"))
                        .layer()
                        .name());
        own.delete();
        assertEquals(
                shared.document(),
                run.filaments(AnnotationId.of("mt").user("alice").session("1")).document());
    }

    @Test
    @Tag("statement-85")
    void filamentsThatWereNeverLoadedKeepWhatTheyHold() {
        Filaments unloaded = open("a", "b").run("TS_001").filaments().get(0);
        unloaded.write(unloaded.document().withFilaments(List.of(Filament.of(Long.MAX_VALUE, LINE))));
        Filaments reloaded = open("a", "b").run("TS_001").filaments().get(0);
        assertEquals("TS_001", reloaded.document().runName().orElseThrow());
        assertEquals(10.0, reloaded.document().voxelSpacing().orElseThrow());
        assertEquals(
                List.of(Long.MAX_VALUE),
                reloaded.document().filaments().stream()
                        .map(Filament::instanceId)
                        .toList());
    }

    @Test
    @Tag("statement-80")
    void curvesThatNoLongerDescribeTheirPointsAreToldAndLeftOut() {
        Filaments filaments = run.filaments().get(0);
        Curve line = Curve.linear(Polyline.of(0, 0, 0, 20, 0, 0), 10);
        Curve other = Curve.linear(Polyline.of(0, 0, 0, 20, 5, 0), 10);
        Curve unknown = new Curve("nurbs", LINE, 1, null, null, null, null, Map.of());
        List<Long> stale = filaments.write(filaments
                .document()
                .withFilaments(List.of(
                        Filament.of(1, LINE).withCurve(line),
                        Filament.of(2, LINE).withCurve(other),
                        Filament.of(3, LINE).withCurve(unknown))));
        assertEquals(List.of(2L), stale);
        filaments.refresh();
        assertEquals(
                java.util.Arrays.asList(line, null, unknown),
                filaments.document().filaments().stream().map(Filament::curve).toList());
    }

    @Test
    void filamentsOfOthersAreNotOverwrittenUnseen() {
        Filaments mine = run.filaments().get(0);
        Filaments theirs = open("a", "b").run("TS_001").filaments().get(0);
        mine.document();
        theirs.write(document(9));
        assertThrows(ConflictException.class, () -> mine.write(document(8)));
        mine.refresh();
        mine.write(document(8));
    }

    @Test
    void changesSinceTheCreationAreNotOverwrittenUnseen() {
        Picks picks = run.newPicks(AnnotationId.of("ribo").user("carol").session("1"));
        Filaments filaments =
                run.newFilaments(AnnotationId.of("mt").user("carol").session("1"));
        Mesh mesh = run.newMesh(AnnotationId.of("ribo").user("carol").session("1"), triangle());
        Run theirs = open("a", "b").run("TS_001");
        theirs.picks(AnnotationId.of("ribo").user("carol").session("1")).write(List.of(Point.at(1, 2, 3)));
        theirs.filaments(AnnotationId.of("mt").user("carol").session("1")).write(document(9));
        theirs.mesh(AnnotationId.of("ribo").user("carol").session("1")).write(MeshScene.empty());

        assertThrows(ConflictException.class, () -> picks.write(List.of()));
        assertThrows(ConflictException.class, () -> filaments.write(document(8)));
        assertThrows(ConflictException.class, () -> mesh.write(triangle()));
        picks.refresh();
        assertEquals(1, picks.points().size(), "a refresh shows the others' write");
    }

    @Test
    void lengthsAreFinite() {
        Picks picks = run.newPicks(AnnotationId.of("ribo").user("carol").session("2"));
        Filaments filaments =
                run.newFilaments(AnnotationId.of("mt").user("carol").session("2"));
        for (double length : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    InvalidDataException.class,
                    () -> picks.write(picks.document().withVoxelSpacing(length)));
            assertThrows(
                    InvalidDataException.class,
                    () -> filaments.write(filaments.document().withVoxelSpacing(length)));
        }
    }

    @Test
    @Tag("statement-42")
    @Tag("statement-43")
    void meshesAreCreated() {
        run.newMesh(AnnotationId.of("mt").user("bob").session("0"), MeshScene.empty());
        assertEquals(2, run.meshes().size());
        assertEquals(1, run.meshes(AnnotationFilter.any().fromTools()).size());
        assertEquals(1, run.meshes(AnnotationFilter.any().objects("ribo")).size());
        Mesh empty = run.mesh(AnnotationId.of("mt").user("bob").session("0"));
        assertTrue(empty.location().endsWith("/Meshes/bob_0_mt.glb"));
        assertEquals(0, empty.scene().geometries().size(), "an empty mesh can be read");
        assertThrows(
                AlreadyExistsException.class,
                () -> run.newMesh(AnnotationId.of("mt").user("bob").session("0"), triangle()));
        assertThrows(
                NotFoundException.class,
                () -> run.newMesh(AnnotationId.of("nobody").user("bob").session("0"), triangle()));
        assertThrows(
                InvalidNameException.class,
                () -> run.newMesh(AnnotationId.of("mt").user("bob").session("a_b"), triangle()));
        empty.write(triangle());
        assertArrayEquals(
                triangle().flatten().vertices(), empty.scene().flatten().vertices());
    }

    @Test
    @Tag("statement-44")
    @Tag("statement-62")
    void sharedMeshesAreReadButNotChanged() {
        share();
        Mesh shared = run.mesh(AnnotationId.of("ribo").user("alice").session("1"));
        assertThrows(ReadOnlyException.class, () -> shared.write(MeshScene.empty()));
        assertThrows(ReadOnlyException.class, shared::delete);
        Mesh own = shared.writableCopy();
        assertArrayEquals(shared.glb(), own.glb());
        own.write(MeshScene.empty());
        assertFalse(run.mesh(AnnotationId.of("ribo").user("alice").session("1")).readOnly());
        assertEquals(1, shared.scene().geometries().size());
    }

    @Test
    void entitiesAreCopiedBetweenProjects() {
        Root other = open("x", "y");
        other.newRun("B");
        Filaments copied = (Filaments) other.copy(
                run.filaments().get(0), new EntityKey.Filaments("B", "mt", "c", "9"), CopyOptions.asStored());
        assertEquals("B", copied.document().runName().orElseThrow());
        assertEquals("c", copied.document().userId());
        assertEquals(
                run.filaments().get(0).document().filaments(), copied.document().filaments());
        assertThrows(
                InvalidNameException.class,
                () -> other.copy(
                        run.filaments().get(0), new EntityKey.Picks("B", "mt", "c", "9"), CopyOptions.asStored()),
                "another kind");
        assertThrows(
                InvalidNameException.class,
                () -> other.copy(
                        run.filaments().get(0),
                        new EntityKey.Filaments("../B", "mt", "c", "9"),
                        CopyOptions.asStored()));
    }

    @Test
    @Tag("statement-13")
    @Tag("statement-14")
    @Tag("statement-74")
    void objectsAreAddedReplacedRemovedAndSaved() {
        assertEquals(
                6,
                root.addObject(ObjectDefinition.builder("new", true).build())
                        .label()
                        .orElseThrow());
        assertThrows(
                AlreadyExistsException.class,
                () -> root.addObject(ObjectDefinition.builder("new", true).build()));
        assertThrows(
                AlreadyExistsException.class,
                () -> root.addObject(
                        ObjectDefinition.builder("other", true).label(5).build()));
        assertThrows(
                AlreadyExistsException.class,
                () -> root.replaceObject(
                        root.object("new").definition().toBuilder().label(3).build()));
        assertThrows(
                InvalidConfigException.class,
                () -> ObjectDefinition.builder("a_b", true).build());
        assertThrows(
                InvalidConfigException.class,
                () -> root.object("mt").definition().toBuilder().particle(false).build(),
                "filaments are particles");
        root.replaceObject(
                root.object("new").definition().toBuilder().radius(12.5).build());
        root.removeObject("ribo");
        assertThrows(NotFoundException.class, () -> root.removeObject("ribo"));
        assertThrows(InvalidConfigException.class, root::save, "the configuration did not come from a file");

        root.saveConfig(folder.resolve("saved.json").toString());
        try (Root saved = context.open(folder.resolve("saved.json").toString());
                Root again = context.open(folder.resolve("saved.json").toString())) {
            assertEquals(root.config().objects(), saved.config().objects());
            assertTrue(saved.object("mt").isFilament());
            again.removeObject("new");
            again.save();
            saved.removeObject("mt");
            assertThrows(ConflictException.class, saved::save, "the other project has saved the configuration");
        }
    }

    private static FilamentsDocument document(long... ids) {
        return FilamentsDocument.empty("mt", "alice", "1", "TS_001")
                .withFilaments(java.util.Arrays.stream(ids)
                        .mapToObj(id -> Filament.of(id, LINE))
                        .toList());
    }

    private static MeshScene triangle() {
        return MeshScene.of(Geometry.triangles("t", new float[] {0, 0, 0, 10, 0, 0, 0, 10, 0}, new int[] {0, 1, 2}));
    }
}
