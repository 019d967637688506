package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.CopyOptions;
import org.copick.Filaments;
import org.copick.Mesh;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Promotion;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidDataException;
import org.copick.error.NotFoundException;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.Curve;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.copick.storage.StoreOperation;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that documents are created with their content by one write, and that equal copies are recognised. */
final class NewDocumentsTest {
    private static final List<Point> POINTS = List.of(Point.at(1, 2, 3), Point.at(4, 5, 6));

    private final List<StoreOperation> operations = new ArrayList<>();
    private final CopickContext context =
            CopickContext.builder().listener(operations::add).build();
    private final Path folder;
    private final Root root;
    private final Run run;

    NewDocumentsTest(@TempDir Path folder) {
        this.folder = folder;
        root = open("a");
        run = root.newRun("TS_001");
        operations.clear();
    }

    private Root open(String overlay) {
        return context.open(ProjectConfig.parse("""
                        {"overlay_root": "%s", "user_id": "me", "pickable_objects": [
                           {"name": "mt", "is_particle": true, "label": 3},
                           {"name": "ribo", "is_particle": true, "label": 5}]}
                        """.formatted(overlay), "test"), folder);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void picksAreCreatedWithTheirPointsByOneWrite() {
        Picks picks = run.newPicks(AnnotationId.of("ribo").user("bob").session("1"), POINTS);
        assertEquals(List.of(StoreOperation.Kind.INFO, StoreOperation.Kind.WRITE), kinds());
        assertEquals(PicksDocument.empty("ribo", "bob", "1", "TS_001").withPoints(POINTS), picks.document());
        picks.refresh();
        assertEquals(POINTS, picks.points());

        assertThrows(
                AlreadyExistsException.class,
                () -> run.newPicks(AnnotationId.of("ribo").user("bob").session("1"), List.of()));
        assertEquals(
                POINTS,
                run.newPicks(AnnotationId.of("ribo").user("bob").session("1"), List.of(), OnExisting.REUSE)
                        .points());
        assertThrows(
                NotFoundException.class,
                () -> run.newPicks(AnnotationId.of("nobody").user("bob").session("1"), POINTS));
        assertThrows(
                InvalidDataException.class,
                () -> run.newPicks(
                        AnnotationId.of("ribo").user("c").session("1"), List.of(Point.at(Double.NaN, 0, 0))));
        assertTrue(run.findPicks(AnnotationId.of("ribo").user("c").session("1")).isEmpty());
        assertEquals(
                "me", run.newPicks(AnnotationId.of("ribo").session("1"), POINTS).userId());
    }

    @Test
    void aDocumentGetsTheNamesThatItIsStoredUnder() {
        PicksDocument document = PicksDocument.empty("mt", "x", "y", "z")
                .withVoxelSpacing(10.0)
                .withTrustOrientation(false)
                .withPoints(POINTS);
        Picks picks = run.newPicks(AnnotationId.of("ribo").user("bob").session("1"), document);
        assertEquals(document.withIdentity("ribo", "bob", "1", "TS_001"), picks.document());
        picks.refresh();
        assertEquals(document.withIdentity("ribo", "bob", "1", "TS_001"), picks.document());
    }

    @Test
    void filamentsAreCreatedWithTheirContentByOneWrite() {
        Polyline line = Polyline.of(0, 0, 0, 10, 0, 0, 20, 0, 0);
        Filament traced = Filament.of(1, line);
        Curve curve = traced.editableCurve(null);
        Filament elsewhere = Filament.of(2, Polyline.of(0, 0, 0, 0, 90, 0, 0, 0, 70));
        FilamentsDocument document = FilamentsDocument.empty("x", "y", "z", null)
                .withFilaments(List.of(Filament.of(1, curve), elsewhere.withCurve(curve)));
        assertEquals(List.of(2L), document.staleCurves());
        Filaments filaments = run.newFilaments(AnnotationId.of("mt").user("bob").session("1"), document);
        assertEquals(List.of(StoreOperation.Kind.INFO, StoreOperation.Kind.WRITE), kinds());
        FilamentsDocument stored =
                document.withIdentity("mt", "bob", "1", "TS_001").withoutStaleCurves();
        assertEquals(stored, filaments.document());
        filaments.refresh();
        assertEquals(stored, filaments.document());
        assertThrows(
                AlreadyExistsException.class,
                () -> run.newFilaments(AnnotationId.of("mt").user("bob").session("1"), document));
        assertEquals(
                "me",
                run.newFilaments(AnnotationId.of("mt").session("1"), document).userId());
    }

    @Test
    void aMeshIsCreatedWithItsSceneByOneWrite() {
        run.newMesh(AnnotationId.of("ribo").user("bob").session("1"), triangle(1));
        assertEquals(List.of(StoreOperation.Kind.INFO, StoreOperation.Kind.WRITE), kinds());
    }

    @Test
    void equalCopiesAreRecognised() {
        Root other = open("b");
        Picks picks = run.newPicks(AnnotationId.of("ribo").user("bob").session("1"), POINTS);
        Mesh mesh = run.newMesh(AnnotationId.of("ribo").user("bob").session("1"), triangle(1));
        Filaments filaments = run.newFilaments(AnnotationId.of("mt").user("bob").session("1"));
        var labels = run.newSegmentation(
                SegmentationId.multilabel("cells").at(10).user("bob").session("1"), VolumeData.zeros(4, 4, 4));
        EntityKey.Picks key = new EntityKey.Picks("B", "mt", "carol", "2");
        EntityKey.Mesh meshKey = new EntityKey.Mesh("B", "ribo", "bob", "1");
        EntityKey.Filaments filamentsKey = new EntityKey.Filaments("B", "mt", "bob", "1");
        EntityKey.Segmentation labelsKey =
                new EntityKey.Segmentation("B", new VoxelSize(10), "cells", "bob", "1", SegmentationType.MULTILABEL);
        assertFalse(other.holdsCopy(picks, key));
        assertFalse(root.holdsCopy(picks, picks.key()), "an entity does not count as a copy of itself");
        other.newRun("B");
        other.copy(picks, key, CopyOptions.asStored());
        other.copy(mesh, meshKey, CopyOptions.asStored());
        other.copy(filaments, filamentsKey, CopyOptions.asStored());
        other.copy(labels, labelsKey, CopyOptions.asStored());
        assertTrue(other.holdsCopy(picks, key), "under other names");
        assertTrue(other.holdsCopy(mesh, meshKey));
        assertTrue(other.holdsCopy(filaments, filamentsKey));
        assertTrue(other.holdsCopy(labels, labelsKey));

        picks.write(List.of());
        mesh.write(triangle(2));
        filaments.write(filaments.document().withVoxelSpacing(10.0));
        labels.writeRegion(Region.all(new long[] {4, 4, 4}), VolumeData.of(ones(), 4, 4, 4));
        assertFalse(other.holdsCopy(picks, key));
        assertFalse(other.holdsCopy(mesh, meshKey));
        assertFalse(other.holdsCopy(filaments, filamentsKey));
        assertFalse(other.holdsCopy(labels, labelsKey));
    }

    @Test
    void aPromotionThatWasInterruptedIsRepeated() {
        Root other = open("b");
        other.newRun("TS_001");
        Picks one = run.newPicks(AnnotationId.of("ribo").user("bob").session("1"), POINTS);
        Picks two = run.newPicks(AnnotationId.of("ribo").user("bob").session("2"), POINTS);
        root.promote(List.of(one), other, CopyOptions.asStored());
        Promotion again = Promotion.of(root, List.of(one, two), other, CopyOptions.asStored());
        assertEquals(1, again.present());
        assertEquals(
                List.of(one.key(), two.key()),
                again.run().stream().map(copy -> copy.key()).toList());
        two.write(List.of());
        assertThrows(
                AlreadyExistsException.class,
                () -> Promotion.of(root, List.of(one, two), other, CopyOptions.asStored()));
    }

    private List<StoreOperation.Kind> kinds() {
        return operations.stream().map(StoreOperation::kind).toList();
    }

    private static byte[] ones() {
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 3);
        return ones;
    }

    private static MeshScene triangle(float size) {
        return MeshScene.of(
                Geometry.triangles("a", new float[] {0, 0, 0, size, 0, 0, 0, size, 0}, new int[] {0, 1, 2}));
    }
}
