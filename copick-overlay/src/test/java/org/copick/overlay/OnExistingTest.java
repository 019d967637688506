package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.CopyOptions;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ProjectConfig;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidDataException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.mesh.MeshScene;
import org.copick.picks.Point;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests default user and session ids, the handling of existing entities, and boxes of volumes. */
final class OnExistingTest {
    private static final List<Point> ONE = List.of(Point.at(1, 2, 3));
    private static final List<Point> TWO = List.of(Point.at(1, 2, 3), Point.at(4, 5, 6));
    private static final AnnotationId MINE = AnnotationId.of("ribo").user("bob").session("1");

    private final CopickContext context = CopickContext.builder().build();
    private final Path folder;

    OnExistingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Root open(String roots, String author) {
        return context.open(ProjectConfig.parse("""
                        {%s, %s "pickable_objects": [
                           {"name": "ribo", "is_particle": true, "label": 5},
                           {"name": "mt", "is_particle": true, "label": null}]}
                        """.formatted(roots, author), "test"), folder);
    }

    private Root open() {
        return open("\"overlay_root\": \"a\"", "\"user_id\": \"me\", \"session_id\": \"7\",");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void whoAndWhenAreTheConfigurationsUnlessNamed() {
        Run run = open().newRun("TS_1");
        assertEquals("me", run.newPicks(AnnotationId.of("ribo"), ONE).userId());
        assertEquals("7", run.picks(AnnotationId.of("ribo")).sessionId());
        assertEquals("7", run.newPicks(AnnotationId.of("ribo").user("bob")).sessionId());
        assertEquals(2, run.picks("ribo:*/7").size());
        assertEquals(1, run.picks("*:bob/*").size());
        assertEquals("ribo:bob/1", MINE.toString());
        assertEquals(MINE, AnnotationId.of("ribo").session("1").user("bob"));
        assertThrows(NotFoundException.class, () -> run.picks(MINE));
        assertEquals(Optional.empty(), run.findPicks(MINE));

        Run unnamed = open("\"overlay_root\": \"b\"", "").newRun("TS_1");
        for (AnnotationId id : List.of(
                AnnotationId.of("ribo").user("bob"), AnnotationId.of("ribo").session("1"))) {
            String message = String.valueOf(assertThrows(InvalidConfigException.class, () -> unnamed.newPicks(id))
                    .getMessage());
            assertTrue(message.contains("add one to it, or name"), message);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> unnamed.findSegmentation(
                        SegmentationId.binary("ribo").user("bob").session("1")));
    }

    @Test
    void documentsAreRefusedReusedOrReplaced() {
        Run run = open().newRun("TS_1");
        Picks first = run.newPicks(MINE, ONE);
        assertThrows(AlreadyExistsException.class, () -> run.newPicks(MINE, TWO));
        assertEquals(ONE, run.newPicks(MINE, TWO, OnExisting.REUSE).points());
        assertEquals(TWO, run.newPicks(MINE, TWO, OnExisting.REPLACE).points());
        first.refresh();
        assertEquals(TWO, first.points());
        run.newMesh(MINE, MeshScene.empty());
        assertThrows(AlreadyExistsException.class, () -> run.newMesh(MINE, MeshScene.empty()));
        assertEquals(
                run.mesh(MINE).location(),
                run.newMesh(MINE, MeshScene.empty(), OnExisting.REPLACE).location());
        assertThrows(IllegalArgumentException.class, () -> run.root().newRun("TS_1", OnExisting.REPLACE));
        assertThrows(IllegalArgumentException.class, () -> run.newVoxelSpacing(10, OnExisting.REPLACE));
    }

    @Test
    void whatIsReadOnlyIsShadowed() {
        open().newRun("TS_1").newPicks(MINE, ONE);
        Run run = open("\"static_root\": \"a\", \"overlay_root\": \"over\"", "").run("TS_1");
        assertTrue(run.newPicks(MINE, TWO, OnExisting.REUSE).readOnly());
        Picks replaced = run.newPicks(MINE, TWO, OnExisting.REPLACE);
        assertEquals("overlay", replaced.layer().name());
        assertEquals(TWO, run.picks(MINE).points());
        assertEquals(ONE, open().run("TS_1").picks(MINE).points());
    }

    @Test
    void volumesAreRefusedReusedOrReplaced() {
        Run run = open().newRun("TS_1");
        SegmentationId id = SegmentationId.multilabel("cells").at(10);
        VolumeData zeros = VolumeData.zeros(1, 2, 2);
        VolumeData label = VolumeData.of(new byte[] {5, 5, 5, 5}, 1, 2, 2);
        Segmentation made = run.newSegmentation(id, zeros);
        assertThrows(AlreadyExistsException.class, () -> run.newSegmentation(id, label));
        assertEquals(made, run.newSegmentation(id, label, OnExisting.REUSE));
        assertEquals(0, run.segmentation(id).level(0).readFloats()[0]);
        run.newSegmentation(id, label, OnExisting.REPLACE);
        assertEquals(5, run.segmentation(id).level(0).readFloats()[0]);
        assertEquals(List.of(made), run.segmentations("cells:*@10"));

        Root root = run.root();
        Copies copies = new Copies(root, made, id);
        copies.copy(OnExisting.FAIL);
        assertThrows(AlreadyExistsException.class, () -> copies.copy(OnExisting.FAIL));
        made.fill(Region.at(0, 0, 0).size(1, 1, 1), 0);
        assertEquals(5, copies.copy(OnExisting.REUSE));
        assertEquals(0, copies.copy(OnExisting.REPLACE));
    }

    /** Copies a segmentation to one of another user. */
    private record Copies(Root root, Segmentation source, SegmentationId id) {
        float copy(OnExisting onExisting) {
            root.copy(
                    source,
                    new org.copick.entity.EntityKey.Segmentation(
                            "TS_1",
                            source.key().size(),
                            "cells",
                            "bob",
                            "7",
                            source.key().type()),
                    CopyOptions.asStored().onExisting(onExisting));
            return root.run("TS_1").segmentation(id.user("bob")).level(0).readFloats()[0];
        }
    }

    @Test
    void boxesOfEveryVolumeCanBeWritten() {
        Run run = open().newRun("TS_1");
        Tomogram tomogram = run.newVoxelSpacing(10)
                .newTomogram(
                        "wbp",
                        VolumeData.of(new float[64], 4, 4, 4),
                        VolumeOptions.defaults().levels(2));
        tomogram.writeRegion(Region.at(0, 0, 0).size(2, 2, 2), new float[] {8, 8, 8, 8, 8, 8, 8, 8});
        tomogram.writeRegion(Region.at(3, 3, 3).size(1, 1, 1), new byte[] {3});
        tomogram.updateLevels();
        assertEquals(3, tomogram.plane(Axis.Z, 3)[15]);
        assertArrayEquals(new float[] {8, 0, 0, 0}, tomogram.level(1).plane(Axis.Z, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> tomogram.writeRegion(Region.at(3, 3, 3).size(2, 1, 1), new float[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> tomogram.writeRegion(Region.at(0, 0, 0).size(2, 1, 1), VolumeData.zeros(1, 1, 2)));

        var features = tomogram.newFeatures("sobel", VolumeData.of(new short[8], 1, 2, 2, 2));
        features.writeRegion(Region.at(0, 1, 1, 0).size(1, 1, 1, 2), VolumeData.of(new short[] {7, 9}, 1, 1, 1, 2));
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 0, 0, 7, 9}, features.level(0).readFloats());
        assertThrows(
                InvalidDataException.class,
                () -> features.writeRegion(Region.at(0, 0, 0, 0).size(1, 1, 1, 1), new float[1]));

        Root over = open("\"static_root\": \"a\", \"overlay_root\": \"over\"", "");
        assertThrows(
                ReadOnlyException.class,
                () -> over.run("TS_1")
                        .voxelSpacing(10)
                        .tomogram("wbp")
                        .writeRegion(Region.at(0, 0, 0).size(1, 1, 1), new float[1]));
    }

    @Test
    void boxesAreFilledWithObjects() {
        Root root = open();
        Run run = root.newRun("TS_1");
        Region first = Region.at(0, 0, 0).size(1, 1, 2);
        Segmentation cells =
                run.newSegmentation(SegmentationId.multilabel("cells").at(10), VolumeData.zeros(1, 1, 3));
        cells.fill(first, root.object("ribo"));
        assertArrayEquals(new float[] {5, 5, 0}, cells.level(0).readFloats());
        cells.fill(Region.at(0, 0, 1).size(1, 1, 1), 0);
        assertArrayEquals(new float[] {5, 0, 0}, cells.level(0).readFloats());
        assertThrows(InvalidDataException.class, () -> cells.fill(first, root.object("mt")));
        assertThrows(InvalidDataException.class, () -> cells.fill(first, 77));

        Segmentation binary = run.newSegmentation(SegmentationId.binary("ribo").at(10), VolumeData.zeros(1, 1, 3));
        binary.fill(first, root.object("ribo"));
        assertArrayEquals(new float[] {1, 1, 0}, binary.level(0).readFloats());
        assertThrows(IllegalArgumentException.class, () -> binary.fill(first, root.object("mt")));

        Segmentation instances =
                run.newSegmentation(SegmentationId.instance("ribo").at(10), VolumeData.zeros(1, 1, 3));
        assertThrows(UnsupportedFeatureException.class, () -> instances.fill(first, root.object("ribo")));
        instances.fill(first, 300);
        assertArrayEquals(new float[] {300, 300, 0}, instances.level(0).readFloats());
    }
}
