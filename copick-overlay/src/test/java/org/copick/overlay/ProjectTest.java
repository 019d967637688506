package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.AnnotationFilter;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.MetadataFilter;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.config.Color;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ClosedException;
import org.copick.error.ConflictException;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.storage.StoreOperation;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStorageProvider;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the model with a project of two layers in memory. */
final class ProjectTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name = "project" + COUNTER.incrementAndGet();
    private final MemoryStore space = MemoryStorageProvider.space(name);
    private final List<StoreOperation> operations = Collections.synchronizedList(new ArrayList<>());
    private final CopickContext context =
            CopickContext.builder().listener(operations::add).build();
    private Root root;

    ProjectTest() {
        root = open("");
    }

    @BeforeEach
    void fill() {
        shared("ExperimentRuns/TS_001/.meta", "meta");
        shared("ExperimentRuns/TS_002/VoxelSpacing10.000/wbp.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/TS_001/VoxelSpacing10.000/wbp.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/TS_001/VoxelSpacing10.000/my-features.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/TS_001/VoxelSpacing10.000/wbp_sobel_features.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/TS_001/VoxelSpacing10.000/wbp_a_b_features.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/TS_001/VoxelSpacing13.480/.meta", "meta");
        shared("ExperimentRuns/TS_001/Picks/alice_1_ribosome.json", picks("ribosome", "alice", "1"));
        shared("ExperimentRuns/TS_001/Picks/tool_0_ribosome.json", picks("ribosome", "tool", "0"));
        shared("ExperimentRuns/TS_001/Picks/curation_00_membrane.json", picks("membrane", "curation", "00"));
        own("ExperimentRuns/TS_001/Picks/alice_1_ribosome.json", picks("ribosome", "alice", "1"));
        own("ExperimentRuns/TS_001/Picks/bob_2_membrane.json", picks("membrane", "bob", "2"));
        own("ExperimentRuns/mine/.meta", "meta");
        own("ExperimentRuns/a file", "no run");
        own("ExperimentRuns/.hidden/x", "no run");
        operations.clear();
    }

    @AfterEach
    void close() {
        context.close();
        MemoryStorageProvider.forget(name);
    }

    @Test
    @Tag("statement-1")
    void openingListsNothing() {
        Root fresh = open("");
        assertEquals(List.of(), operations, "opening costs no request");
        assertEquals(List.of("TS_001", "TS_002", "mine"), names(fresh));
        assertEquals(2, operations.size(), "one listing for each layer");
        fresh.runs();
        fresh.run("TS_001");
        assertEquals(2, operations.size(), "the listing is cached");
        fresh.refresh();
        fresh.runs();
        assertEquals(4, operations.size(), "a refresh discards the cached listing");
    }

    @Test
    @Tag("statement-2")
    @Tag("statement-8")
    void theConfigurationIsSeen() {
        assertEquals("test", root.name());
        assertEquals(Optional.of("alice"), root.userId());
        assertEquals(
                List.of("overlay", "static"),
                root.layers().stream().map(l -> l.name()).toList());
        assertEquals("ribosome", root.object("ribosome").name());
        assertEquals(Optional.empty(), root.findObject("unknown"));
        var missing = assertThrows(NotFoundException.class, () -> root.object("unknown"));
        assertTrue(String.valueOf(missing.getMessage()).contains("ribosome"), "the message lists the existing objects");
    }

    @Test
    @Tag("statement-9")
    void runsAreFoundWithoutListing() {
        assertEquals("TS_002", root.run("TS_002").name());
        assertTrue(operations.stream().noneMatch(op -> op.kind() == StoreOperation.Kind.LIST_FOLDER));
        assertEquals("static", root.run("TS_002").layer().name());
        assertEquals(Optional.empty(), root.findRun("a file"));
        assertThrows(NotFoundException.class, () -> root.run("unknown"));
        assertThrows(InvalidNameException.class, () -> root.findRun(".."));
    }

    @Test
    @Tag("statement-10")
    @Tag("statement-11")
    void runsAreCreatedInTheOverlay() {
        assertEquals(List.of("TS_001", "TS_002", "mine"), names(root));
        Run created = root.newRun("new one");
        assertEquals("overlay", created.layer().name());
        assertEquals("meta", text("overlay/ExperimentRuns/new one/.meta"));
        assertEquals(
                List.of("TS_001", "TS_002", "mine", "new one"), names(root), "the cached listing contains the new run");
        assertThrows(AlreadyExistsException.class, () -> root.newRun("new one"));
        assertThrows(
                AlreadyExistsException.class, () -> root.newRun("TS_002"), "a run that only static has exists, too");
        assertEquals("static", root.newRun("TS_002", OnExisting.REUSE).layer().name());
        assertTrue(space.info("static/ExperimentRuns/new one/.meta").isEmpty());
        for (String bad : List.of("a/b", "..", "", "x\0", "trailing.", ".hidden")) {
            assertThrows(InvalidNameException.class, () -> root.newRun(bad), bad);
        }
    }

    @Test
    @Tag("statement-12")
    void onlyFoldersAreRuns() {
        assertEquals(List.of("TS_001", "TS_002", "mine"), names(root));
    }

    @Test
    void runsThatDifferInCaseAreTwo() {
        own("ExperimentRuns/ts_001/.meta", "meta");
        assertEquals(List.of("TS_001", "TS_002", "mine", "ts_001"), names(root));
        assertNotEquals(root.run("TS_001").location(), root.run("ts_001").location());
    }

    @Test
    void anAllowListNarrowsTheProject() {
        Root narrow = open(", \"runs\": [\"TS_002\", \"absent\"]");
        assertEquals(List.of("TS_002"), names(narrow));
        assertEquals(Optional.empty(), narrow.findRun("TS_001"));
        assertEquals(1, narrow.run("TS_002").voxelSpacings().size(), "the allowed runs have all their contents");
    }

    @Test
    @Tag("statement-20")
    @Tag("statement-21")
    @Tag("statement-22")
    void voxelSpacings() {
        Run run = root.run("TS_001");
        assertEquals("VoxelSpacing10.000", lastPart(run.voxelSpacing(10).location()));
        assertEquals(13.48, run.voxelSpacing(13.4801).voxelSize(), "sizes are rounded to 0.001");
        assertEquals(Optional.empty(), run.findVoxelSpacing(7));
        assertEquals(
                List.of(10.0, 13.48),
                run.voxelSpacings().stream().map(s -> s.voxelSize()).toList());

        run.newVoxelSpacing(7.8405);
        assertEquals("meta", text("overlay/ExperimentRuns/TS_001/VoxelSpacing7.840/.meta"));
        assertEquals(3, run.voxelSpacings().size());
        assertThrows(
                AlreadyExistsException.class, () -> run.newVoxelSpacing(7.84), "the rounded voxel size exists already");
        assertThrows(AlreadyExistsException.class, () -> run.newVoxelSpacing(10));
        assertEquals(7.84, run.newVoxelSpacing(7.84049, OnExisting.REUSE).voxelSize());
        for (double bad : new double[] {0, -1, Double.NaN, 0.0001}) {
            assertThrows(InvalidNameException.class, () -> run.newVoxelSpacing(bad), () -> "spacing " + bad);
        }
    }

    @Test
    void oddlySpelledSpacingsAreReadWhereTheyAre() {
        shared("ExperimentRuns/odd/VoxelSpacing10/wbp.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/odd/VoxelSpacing1e1/wbp.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("ExperimentRuns/odd/VoxelSpacing20.000.bak/x", "");
        shared("ExperimentRuns/odd/VoxelSpacings/x", "");
        shared("ExperimentRuns/odd/VoxelSpacingnan/x", "");
        Run run = root.run("odd");
        assertEquals(1, run.voxelSpacings().size());
        assertEquals("wbp", run.voxelSpacings().get(0).tomograms().get(0).type());
        assertEquals(4, run.unparsableNames().size(), () -> "unparsable names are reported: " + run.unparsableNames());
        Run again = open("").run("odd");
        assertEquals(1, again.voxelSpacing(10).tomograms().size(), "a lookup without a listing before it finds it");
    }

    @Test
    @Tag("statement-23")
    @Tag("statement-25")
    @Tag("statement-26")
    void tomogramsAndFeatures() {
        var spacing = root.run("TS_001").voxelSpacing(10);
        assertEquals(
                List.of("my-features", "wbp"),
                spacing.tomograms().stream().map(Tomogram::type).toList(),
                "features are not listed as tomograms, but a tomogram may have a name like that of features");
        Tomogram tomogram = spacing.tomogram("wbp");
        assertEquals(
                List.of("a_b", "sobel"),
                tomogram.features().stream().map(f -> f.type()).toList());
        assertEquals("sobel", tomogram.features("sobel").type());
        assertThrows(NotFoundException.class, () -> tomogram.features("unknown"));
        assertThrows(NotFoundException.class, () -> spacing.tomogram("unknown"));
        assertTrue(tomogram.volume().levels().isEmpty(), "a group without arrays has no levels");
    }

    @Test
    @Tag("statement-28")
    @Tag("statement-29")
    void picksAreListedAndFiltered() {
        Run run = root.run("TS_001");
        assertEquals(
                List.of("alice/1/ribosome", "bob/2/membrane", "curation/00/membrane", "tool/0/ribosome"),
                described(run.picks()));
        assertEquals(
                List.of("alice/1/ribosome"),
                described(run.picks(AnnotationFilter.any().users("alice", "nobody"))));
        assertEquals(
                List.of("bob/2/membrane"),
                described(run.picks(AnnotationFilter.any().objects("membrane").sessions("2"))));
        assertEquals(List.of(), run.picks(AnnotationFilter.any().objects()));
        assertEquals(
                List.of("tool/0/ribosome"),
                described(run.picks(AnnotationFilter.any().fromTools())));
        assertEquals(
                List.of("alice/1/ribosome", "bob/2/membrane", "curation/00/membrane"),
                described(run.picks(AnnotationFilter.any().fromUsers())),
                "session 00 is a person's session");
    }

    @Test
    void filtersOfMetadataAreRefusedWithoutMetadata() {
        Run run = root.run("TS_001");
        MetadataFilter manual = MetadataFilter.any().is("method", "manual");
        assertEquals(List.of(), root.metadataFields(EntityKind.PICKS));
        String message = String.valueOf(assertThrows(
                        NotFoundException.class,
                        () -> run.picks(AnnotationFilter.any().metadata(manual)))
                .getMessage());
        assertTrue(message.startsWith("no metadata field \"method\" of picks in "), message);
        assertTrue(message.endsWith("; no layer has metadata of them"), message);
        assertThrows(NotFoundException.class, () -> run.voxelSpacing(10).tomograms(manual));
        assertEquals(run.picks(), run.picks(AnnotationFilter.any().metadata(MetadataFilter.any())));
        assertEquals(run.voxelSpacing(10).tomograms(), run.voxelSpacing(10).tomograms(MetadataFilter.any()));
        assertEquals(List.of(run), root.runsNamed("TS_001"));
        assertEquals(List.of(), root.runsNamed("unknown"));
        assertEquals("method=manual", manual.toString());
    }

    @Test
    void theOverlayShadowsAndTheUnmergedViewShowsAll() {
        Picks mine = root.run("TS_001")
                .picks(AnnotationId.of("ribosome").user("alice").session("1"));
        assertEquals("overlay", mine.layer().name());
        assertFalse(mine.readOnly());
        List<String> all = root.unmerged().run("TS_001").picks().stream()
                .map(p -> p.layer().name() + " " + p.userId())
                .toList();
        assertEquals(
                List.of("static alice", "static curation", "static tool", "overlay alice", "overlay bob"),
                all,
                "read-only copies first, as in Python");
        assertEquals(names(root), names(root.unmerged()), "both views list each run once");
    }

    @Test
    @Tag("statement-30")
    @Tag("statement-31")
    void picksAreCreated() {
        Run run = root.run("TS_002");
        Picks picks = run.newPicks(AnnotationId.of("ribosome").user("anna.b-1").session("12"));
        assertEquals(
                "ExperimentRuns/TS_002/Picks/anna.b-1_12_ribosome.json",
                picks.location().substring(("memory://" + name + "/overlay/").length()));
        assertEquals("""
                {
                    "pickable_object_name": "ribosome",
                    "user_id": "anna.b-1",
                    "session_id": "12",
                    "run_name": "TS_002",
                    "voxel_spacing": null,
                    "unit": "angstrom",
                    "points": [],
                    "trust_orientation": true
                }""", text("overlay/ExperimentRuns/TS_002/Picks/anna.b-1_12_ribosome.json"));
        assertEquals(1, run.picks().size());
        assertThrows(
                AlreadyExistsException.class,
                () -> run.newPicks(AnnotationId.of("ribosome").user("anna.b-1").session("12")));
        assertEquals(
                picks.location(),
                run.newPicks(AnnotationId.of("ribosome").user("anna.b-1").session("12"), OnExisting.REUSE)
                        .location());
        assertThrows(
                NotFoundException.class,
                () -> run.newPicks(AnnotationId.of("unknown").user("a").session("1")));
        assertThrows(
                InvalidNameException.class,
                () -> run.newPicks(AnnotationId.of("ribosome").user("a_b").session("1")));
        assertThrows(
                InvalidNameException.class,
                () -> run.newPicks(AnnotationId.of("ribosome").user("a").session("../1")));
        assertThrows(
                AlreadyExistsException.class,
                () -> root.run("TS_001")
                        .newPicks(AnnotationId.of("membrane").user("curation").session("00")),
                "picks that only static has exist, too");
    }

    @Test
    void creatingPicksWritesOneObjectAndNothingElse() {
        Run run = root.run("TS_002");
        operations.clear();
        run.newPicks(AnnotationId.of("ribosome").user("me").session("1"));
        assertEquals(
                List.of(StoreOperation.Kind.INFO, StoreOperation.Kind.INFO, StoreOperation.Kind.WRITE),
                operations.stream().map(StoreOperation::kind).toList(),
                "one lookup in each layer and one write");
    }

    @Test
    @Tag("statement-33")
    void pointsAreStored() {
        Picks picks = root.run("TS_002")
                .newPicks(AnnotationId.of("ribosome").user("me").session("1"));
        picks.write(List.of(Point.at(1, 2, 3), Point.at(0.1, -5, 1e-9)));
        Picks again = open("").run("TS_002")
                .picks(AnnotationId.of("ribosome").user("me").session("1"));
        assertEquals(picks.points(), again.points());
        assertArrayEquals(
                new double[] {1, 2, 3, 0.1, -5, 1e-9}, again.document().positions());
        picks.write(List.of());
        again.refresh();
        assertEquals(List.of(), again.points(), "cleared points stay cleared");
    }

    @Test
    void storingUnloadedPicksKeepsWhatWeDoNotKnow() {
        own("ExperimentRuns/TS_002/Picks/x_1_ribosome.json", """
                {"pickable_object_name": "ribosome", "user_id": "x", "session_id": "1", "unit": "nm", "later": {"a": 1},
                 "voxel_spacing": 7.5, "trust_orientation": false, "points": []}""");
        Picks picks =
                root.run("TS_002").picks(AnnotationId.of("ribosome").user("x").session("1"));
        picks.write(List.of(Point.at(1, 2, 3)));
        String stored = text("overlay/ExperimentRuns/TS_002/Picks/x_1_ribosome.json");
        for (String kept :
                List.of("\"unit\": \"nm\"", "\"later\"", "7.5", "\"trust_orientation\": false", "\"x\": 1.0")) {
            assertTrue(stored.contains(kept), () -> kept + " in " + stored);
        }
    }

    @Test
    void nobodysPicksAreOverwrittenUnseen() {
        Picks mine = root.run("TS_002")
                .newPicks(AnnotationId.of("ribosome").user("me").session("1"));
        Picks elsewhere = open("").run("TS_002")
                .picks(AnnotationId.of("ribosome").user("me").session("1"));
        mine.points();
        elsewhere.write(List.of(Point.at(1, 1, 1)));
        assertThrows(ConflictException.class, () -> mine.write(List.of(Point.at(2, 2, 2))));
        mine.refresh();
        assertEquals(List.of(Point.at(1, 1, 1)), mine.points());
        mine.write(List.of(Point.at(2, 2, 2)));
        mine.write(List.of(Point.at(3, 3, 3)));
    }

    @Test
    @Tag("statement-36")
    @Tag("statement-62")
    @Tag("statement-37")
    void sharedPicksAreReadButNotChanged() {
        Picks shared = root.run("TS_001")
                .picks(AnnotationId.of("ribosome").user("tool").session("0"));
        assertTrue(shared.readOnly());
        assertEquals(1, shared.points().size());
        String before = text("static/ExperimentRuns/TS_001/Picks/tool_0_ribosome.json");
        assertThrows(ReadOnlyException.class, () -> shared.write(List.of()));
        assertThrows(ReadOnlyException.class, shared::delete);
        assertEquals(1, shared.points().size(), "the points in memory are unchanged, too");
        assertEquals(before, text("static/ExperimentRuns/TS_001/Picks/tool_0_ribosome.json"));

        Picks copy = shared.writableCopy();
        assertEquals("overlay", copy.layer().name());
        copy.write(List.of(Point.at(9, 9, 9)));
        Picks seen = open("").run("TS_001")
                .picks(AnnotationId.of("ribosome").user("tool").session("0"));
        assertEquals(List.of(Point.at(9, 9, 9)), seen.points(), "the copy shadows the shared picks");
        copy.delete();
        assertEquals(
                1,
                open("").run("TS_001")
                        .picks(AnnotationId.of("ribosome").user("tool").session("0"))
                        .points()
                        .size());
    }

    @Test
    @Tag("statement-72")
    @Tag("statement-83")
    @Tag("statement-87")
    void malformedNamesNeverHideTheOthers() {
        for (String picks : List.of("a_b.json", "_b_c.json", "a__c.json", ".json", "x.txt", ".a_b_c.json")) {
            own("ExperimentRuns/mine/Picks/" + picks, picks("ribosome", "a", "b"));
        }
        own("ExperimentRuns/mine/Picks/a_b_c_d.json", picks("ribosome", "a", "b"));
        own("ExperimentRuns/mine/Picks/folder_b_c.json/x", "");
        own("ExperimentRuns/mine/Meshes/a_b.glb", "");
        own("ExperimentRuns/mine/Filaments/a_b_c_d.json", "{}");
        own("ExperimentRuns/mine/Filaments/a_b.json", "{}");
        String segmentations = "ExperimentRuns/mine/Segmentations/";
        for (String segmentation : List.of(
                "10.000_u_1_a",
                "10_u_1_odd",
                "10.000_u_1_multilabel",
                "10.000_u_1_multilabel-a",
                "10.000_u_1_a_b",
                "10.000_u_1_a-multilabel-multilabel",
                "10.000_u_1_-multilabel",
                "10.000_u_1",
                "x_u_1_a",
                "10.000__1_a")) {
            own(segmentations + segmentation + ".zarr/.zgroup", "{\"zarr_format\": 2}");
        }
        Run run = root.run("mine");
        assertEquals(List.of("a/b/c_d"), described(run.picks()));
        assertEquals("a_b_c_d.json", lastPart(run.picks().get(0).location()), "the location has the actual file name");
        assertEquals(List.of(), run.meshes());
        assertEquals(
                List.of("c_d"),
                run.filaments().stream().map(f -> f.objectName()).toList());
        assertEquals(
                List.of(
                        "MULTILABEL a-multilabel",
                        "BINARY a",
                        "BINARY a_b",
                        "BINARY multilabel-a",
                        "BINARY multilabel",
                        "BINARY odd"),
                run.segmentations().stream().map(s -> s.type() + " " + s.name()).toList());
        Segmentation odd = run.segmentations().get(5);
        assertEquals("10_u_1_odd.zarr", lastPart(odd.location()));
        assertTrue(odd.volume().levels().isEmpty(), "the volume is read from the actual folder");
        List<String> skipped = run.unparsableNames().stream()
                .map(s -> lastPart(s.location()))
                .sorted()
                .toList();
        assertTrue(skipped.containsAll(List.of("a_b.json", "a__c.json", "_b_c.json", "a_b.glb")), skipped::toString);
        assertTrue(
                skipped.containsAll(List.of("10.000_u_1.zarr", "x_u_1_a.zarr", "10.000__1_a.zarr")), skipped::toString);
    }

    @Test
    @Tag("statement-46")
    @Tag("statement-48")
    @Tag("statement-49")
    @Tag("statement-86")
    void segmentationTypes() {
        for (String folder : List.of(
                "Segmentations/10.000_u_1_membrane.zarr",
                "Segmentations/10.000_u_1_membrane-multilabel.zarr",
                "InstanceSegmentations/10.000_u_1_membrane.zarr",
                "PanopticSegmentations/7.840_u_1_membrane.zarr")) {
            own("ExperimentRuns/mine/" + folder + "/.zgroup", "{\"zarr_format\": 2}");
        }
        Run run = root.run("mine");
        assertEquals(4, run.segmentations().size());
        assertEquals(
                List.of(SegmentationType.MULTILABEL, SegmentationType.BINARY),
                run.segmentations(AnnotationFilter.any()).stream()
                        .map(Segmentation::type)
                        .toList(),
                "other segmentation types are only listed on request");
        assertEquals(4, run.segmentations(AnnotationFilter.any().anyType()).size());
        assertEquals(
                List.of(SegmentationType.PANOPTIC),
                run.segmentations(AnnotationFilter.any().anyType().voxelSize(7.8401)).stream()
                        .map(Segmentation::type)
                        .toList());
        assertEquals(
                new Color(128, 128, 128, 0),
                run.segmentations(AnnotationFilter.any().types(SegmentationType.MULTILABEL))
                        .get(0)
                        .color());
        assertEquals(
                root.object("membrane").color(),
                run.segmentations(AnnotationFilter.any().types(SegmentationType.BINARY))
                        .get(0)
                        .color());
    }

    @Test
    @Tag("statement-66")
    void entitiesAreFoundByUri() {
        assertEquals(
                List.of("alice_1_ribosome.json", "tool_0_ribosome.json"),
                root.match(CopickUri.parse(EntityKind.PICKS, "ribo*")).stream()
                        .map(e -> lastPart(e.location()))
                        .toList());
        assertEquals(
                2, root.match(CopickUri.parse(EntityKind.TOMOGRAM, "wbp@10")).size());
        assertEquals(
                1,
                root.match(CopickUri.parse(EntityKind.FEATURES, "*@10.0:sob?l")).size());
        assertEquals(List.of(), root.match(CopickUri.parse(EntityKind.MESH, "*")));
    }

    @Test
    @Tag("statement-58")
    void densityMaps() {
        shared("Objects/ribosome.zarr/.zgroup", "{\"zarr_format\": 2}");
        shared("Objects/membrane.zarr/.zgroup", "{\"zarr_format\": 2}");
        assertTrue(root.object("ribosome").readOnly());
        assertTrue(root.object("ribosome").findDensityMap().isPresent());
        assertTrue(root.object("membrane").findDensityMap().isEmpty(), "only particles have density maps");
        own("Objects/ribosome.zarr/.zgroup", "{\"zarr_format\": 2}");
        root.refresh();
        assertFalse(root.object("ribosome").readOnly(), "the overlay's density map shadows the static one");
    }

    @Test
    @Tag("statement-63")
    @Tag("statement-64")
    @Tag("statement-62")
    void whatIsWritableIsDeleted() {
        Run mine = root.run("mine");
        mine.newPicks(AnnotationId.of("ribosome").user("a").session("1"));
        mine.newPicks(AnnotationId.of("ribosome").user("b").session("1"));
        mine.newPicks(AnnotationId.of("ribosome").user("c").session("1"));
        mine.picks(AnnotationFilter.any().users("a", "b")).forEach(Entity::delete);
        assertEquals(List.of("c/1/ribosome"), described(mine.picks()));
        mine.newVoxelSpacing(5).delete();
        assertEquals(List.of(), mine.voxelSpacings());
        mine.delete();
        assertEquals(List.of("TS_001", "TS_002"), names(root));
        assertThrows(ReadOnlyException.class, () -> root.run("TS_002").delete());
        root.run("TS_001").newPicks(AnnotationId.of("ribosome").user("d").session("1"));
        assertThrows(ReadOnlyException.class, () -> root.run("TS_001").delete(), "static has the run, too");
        assertTrue(space.info("overlay/ExperimentRuns/TS_001/Picks/bob_2_membrane.json")
                .isPresent());
    }

    @Test
    void brokenDocumentsAreNamed() {
        own("ExperimentRuns/mine/Picks/a_1_ribosome.json", "{\"points\": [");
        own("ExperimentRuns/mine/Meshes/a_1_membrane.glb", "no mesh");
        Run run = root.run("mine");
        var picks = assertThrows(
                CorruptDataException.class, () -> run.picks().get(0).points());
        assertTrue(String.valueOf(picks.getMessage()).contains("a_1_ribosome.json"), picks::getMessage);
        var mesh = assertThrows(
                CorruptDataException.class, () -> run.meshes().get(0).scene());
        assertTrue(String.valueOf(mesh.getMessage()).contains("a_1_membrane.glb"), mesh::getMessage);
        space.delete("overlay/ExperimentRuns/mine/Picks/a_1_ribosome.json");
        assertThrows(NotFoundException.class, () -> run.picks().get(0).points());
    }

    @Test
    @Tag("statement-95")
    void readingCreatesNothing() {
        Map<String, Long> before = sizes();
        Root every = root.unmerged();
        for (Run run : every.runs()) {
            run.voxelSpacings()
                    .forEach(s -> s.tomograms().forEach(t -> {
                        t.volume().levels();
                        t.features().forEach(f -> f.volume().levels());
                    }));
            run.picks().forEach(Picks::points);
            run.filaments();
            run.meshes();
            run.segmentations();
        }
        every.objects().forEach(o -> o.findDensityMap());
        root.findRun("unknown");
        assertEquals(before, sizes());
        assertTrue(
                operations.stream()
                        .noneMatch(op -> op.kind() == StoreOperation.Kind.WRITE
                                || op.kind() == StoreOperation.Kind.DELETE
                                || op.kind() == StoreOperation.Kind.DELETE_PREFIX),
                "nothing was changed in any store");
    }

    @Test
    void closedProjectsSaySo() {
        Run run = root.run("TS_001");
        Root every = root.unmerged();
        every.close();
        assertEquals(3, root.runs().size(), "closing a view leaves the project open");
        assertThrows(ClosedException.class, every::runs);
        root.refresh();
        root.close();
        root.close();
        assertThrows(ClosedException.class, root::runs);
        assertThrows(ClosedException.class, run::picks);
        context.close();
        assertThrows(ClosedException.class, () -> context.store("memory://x"));
    }

    @Test
    void oneRootSpelledTwiceIsOneLayer() {
        Root single = context.open(
                ProjectConfig.parse(config("memory://" + name + "/overlay", "memory://" + name + "/overlay/", ""), "x"),
                null);
        assertEquals(1, single.layers().size());
        assertFalse(single.layers().get(0).readOnly());
    }

    @Test
    @Tag("statement-3")
    void whatNothingInstalledOpensIsExplained() {
        var scheme = assertThrows(
                InvalidConfigException.class,
                () -> context.open(ProjectConfig.parse(config("s3://bucket/x", "memory://x", ""), "x"), null));
        assertTrue(String.valueOf(scheme.getMessage()).contains("org.copick:copick-s3"), scheme::getMessage);
        assertTrue(String.valueOf(scheme.getMessage()).contains("memory"), scheme::getMessage);
        var type = assertThrows(
                InvalidConfigException.class,
                () -> context.open(
                        ProjectConfig.parse("{\"config_type\": \"astral\", \"pickable_objects\": []}", "x"), null));
        assertTrue(String.valueOf(type.getMessage()).contains("astral"), type::getMessage);
    }

    @Test
    void manyThreadsSeeOneListing() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<List<Run>> seen = Collections.synchronizedList(new ArrayList<>());
        operations.clear();
        for (int i = 0; i < 16; i++) {
            Thread thread = new Thread(() -> seen.add(root.runs()));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(16, seen.size());
        assertTrue(seen.stream().allMatch(runs -> runs == seen.get(0)));
        assertEquals(2, operations.size(), "one listing for each layer, even for simultaneous callers");
    }

    private Root open(String extra) {
        return context.open(
                ProjectConfig.parse(
                        config("memory://" + name + "/overlay", "memory://" + name + "/static", extra), "x"),
                null);
    }

    private static String config(String overlay, String shared, String extra) {
        return """
                {"name": "test", "user_id": "alice", "overlay_root": "%s", "static_root": "%s"%s,
                 "pickable_objects": [
                   {"name": "ribosome", "is_particle": true, "label": 1, "radius": 150},
                   {"name": "membrane", "is_particle": false, "label": 2, "color": [0, 0, 255, 255]}]}
                """.formatted(overlay, shared, extra);
    }

    private void shared(String key, String content) {
        space.write("static/" + key, content.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    private void own(String key, String content) {
        space.write("overlay/" + key, content.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    private String text(String key) {
        return new String(space.read(key).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private Map<String, Long> sizes() {
        Map<String, Long> sizes = new java.util.TreeMap<>();
        space.forEach("", object -> sizes.put(object.key(), object.size()));
        return sizes;
    }

    private static String picks(String object, String user, String session) {
        return new String(
                PicksDocument.empty(object, user, session, "x")
                        .withPoints(List.of(Point.at(1, 2, 3)))
                        .toJson(),
                StandardCharsets.UTF_8);
    }

    private static List<String> names(Root root) {
        return root.runs().stream().map(Run::name).toList();
    }

    private static List<String> described(List<Picks> picks) {
        return picks.stream()
                .map(p -> p.userId() + "/" + p.sessionId() + "/" + p.objectName())
                .toList();
    }

    private static String lastPart(String location) {
        String trimmed = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
