package org.copick.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.copick.AnnotationFilter;
import org.copick.AnnotationId;
import org.copick.Entity;
import org.copick.MetadataFilter;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidDataException;
import org.copick.error.NotFoundException;
import org.copick.spi.MetadataField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of filters by what the portal knows. */
final class PortalFilterTest {
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

    private static MetadataFilter where(String field, @Nullable Object value) {
        return MetadataFilter.any().is(field, value);
    }

    /** Returns the sessions of the picks of run 20001 that pass. */
    private List<String> picks(MetadataFilter filter) throws IOException {
        Path overlay = Files.createTempDirectory(folder, "overlay");
        try (PortalProject project = PortalProject.main(server, overlay)) {
            return sessions(project.root.run("20001"), filter);
        }
    }

    private static List<String> sessions(Run run, MetadataFilter filter) {
        return run.picks(AnnotationFilter.any().metadata(filter)).stream()
                .map(Picks::sessionId)
                .toList();
    }

    /** Returns the ids of the tomograms of all runs that pass. */
    private static List<Object> tomograms(Root root, MetadataFilter filter) {
        return root.runs().stream()
                .flatMap(run -> run.voxelSpacings().stream())
                .flatMap(spacing -> spacing.tomograms(filter).stream())
                .map(tomogram -> tomogram.metadata().get("portal_tomo_id"))
                .toList();
    }

    @Test
    void eachTypeIsCompared() throws IOException {
        assertEquals(List.of("7", "8", "62001", "62002", "62003", "62004"), picks(MetadataFilter.any()));
        assertEquals(List.of("62001", "62002"), picks(where("id", 60001)));
        assertEquals(List.of("62003", "62004"), picks(where("id", "60002")));
        assertEquals(List.of("62001", "62002"), picks(where("confidence_precision", "99.5")));
        assertEquals(List.of("62001", "62002"), picks(where("confidence_precision", 99.50)));
        assertEquals(List.of(), picks(where("confidence_precision", 99)));
        assertEquals(List.of("62001", "62002"), picks(where("method_type", "manual")));
        assertEquals(List.of(), picks(where("method_type", "Manual")));
        assertEquals(List.of("62001", "62002"), picks(where("ground_truth_status", true)));
        assertEquals(List.of("62003", "62004"), picks(where("ground_truth_status", "False")));
        assertEquals(List.of("62002", "62003", "62004"), picks(where("shape_type", "OrientedPoint")));
        assertEquals(List.of("62004"), picks(where("source", "community")));
        assertEquals(List.of("62004"), picks(where("voxel_spacing", 13.48)));
        assertEquals(List.of("62001", "62002", "62003", "62004"), picks(where("run_name", "TS_001")));
        assertEquals(List.of(), picks(where("dataset_id", 10502)));
    }

    @Test
    void nullIsAMissingValue() throws IOException {
        assertEquals(List.of("62003", "62004"), picks(where("confidence_precision", null)));
        assertEquals(List.of("62001", "62002"), picks(where("annotation_software", null)));
        assertEquals(List.of("62001", "62002", "62003", "62004"), picks(where("object_state", null)));
        assertEquals(List.of(), picks(where("method_type", null)));
        assertEquals(List.of(), picks(where("authors", null)));
        assertEquals(List.of(), picks(MetadataFilter.any().atLeast("confidence_recall", 99)));
    }

    @Test
    void numbersHaveAnOrder() throws IOException {
        assertEquals(List.of("62003", "62004"), picks(MetadataFilter.any().atLeast("confidence_recall", 70)));
        assertEquals(List.of(), picks(MetadataFilter.any().atLeast("confidence_recall", "70.001")));
        assertEquals(
                List.of("62003", "62004"),
                picks(MetadataFilter.any().atLeast("confidence_recall", 69.5).atMost("confidence_recall", 70.0)));
        assertEquals(List.of("62001", "62002"), picks(MetadataFilter.any().atMost("id", 60001)));
    }

    @Test
    void datesHaveAnOrder() throws IOException {
        for (ObjectNode row : server.rows("Annotation")) {
            if (row.path("id").intValue() == 60002) {
                row.put("releaseDate", "2025-06-30T23:30:00-02:00"); // the first of July in UTC
            }
        }
        List<String> early = List.of("62001", "62002");
        List<String> late = List.of("62003", "62004");
        assertEquals(late, picks(where("release_date", "2025-07-01")));
        assertEquals(List.of(), picks(where("release_date", "2025-06-30")));
        assertEquals(late, picks(where("release_date", Instant.parse("2025-07-01T01:30:00Z"))));
        assertEquals(List.of(), picks(where("release_date", "2025-07-01T01:30:01Z")));
        assertEquals(late, picks(MetadataFilter.any().atLeast("release_date", LocalDate.of(2025, 7, 1))));
        assertEquals(List.of(), picks(MetadataFilter.any().atLeast("release_date", "2025-07-02")));
        assertEquals(early, picks(MetadataFilter.any().atMost("release_date", "2025-06-30")));
        assertEquals(
                6 - 2,
                picks(MetadataFilter.any().atMost("release_date", "2025-07-01")).size());
        assertEquals(early, picks(MetadataFilter.any().atMost("release_date", "2025-07-01T01:29:59Z")));
    }

    @Test
    void allGivenAuthorsAreNeeded() throws IOException {
        assertEquals(List.of("62001", "62002"), picks(where("authors", "Ann Author")));
        assertEquals(
                List.of("62001", "62002"), picks(where("authors", "Ann Author").is("authors", "Bob Builder")));
        assertEquals(List.of(), picks(where("authors", "Ann Author").is("authors", "Cy Curator")));
        assertEquals(List.of(), picks(where("authors", "Ann")));
        try (PortalProject project = PortalProject.main(server, folder)) {
            assertEquals(List.of(40003L, 40002L, 40006L), tomograms(project.root, where("authors", "Cy Curator")));
        }
    }

    @Test
    void tomogramsAreFoundWithoutAType() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            assertEquals(List.of(40003L), tomograms(root, where("deposition_id", 10401)));
            assertEquals(List.of(40003L, 40002L), tomograms(root, where("processing", "denoised")));
            assertEquals(List.of(40003L), tomograms(root, where("is_portal_standard", true)));
            assertEquals(List.of(40001L, 40005L), tomograms(root, where("ctf_corrected", null)));
            assertEquals(List.of(40005L), tomograms(root, where("authors", null)), "nobody is no author");
            assertEquals(List.of(40004L), tomograms(root, where("scale_0_dimensions", "24,18,12")));
            assertEquals(List.of(40006L), tomograms(root, where("dataset_id", 10502)));
            assertEquals(List.of("Contents"), server.operations());
        }
    }

    @Test
    void ownEntitiesPassOnlyAFilterWithoutConditions() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Run run = project.root.run("20001");
            Picks mine = run.newPicks(AnnotationId.of("ribosome").user("zoe").session("99"), List.of());
            assertTrue(sessions(run, MetadataFilter.any()).contains("99"));
            assertEquals(List.of("62003", "62004"), sessions(run, where("confidence_precision", null)));
            assertEquals(List.of("62001", "62002"), sessions(run, where("method_type", "manual")));
            assertFalse(where("object_state", null)
                    .on(project.root, mine.key().kind())
                    .test(mine));
            assertTrue(MetadataFilter.any().on(project.root, mine.key().kind()).test(mine));
            assertEquals(List.of(), sessions(project.root.run("my-run"), where("object_state", null)));
            // the portal knows this run, although the overlay has it, too
            assertTrue(where("run_name", "TS_001")
                    .on(project.root, run.key().kind())
                    .test(run));
            assertFalse(where("run_name", "TS_002")
                    .on(project.root, run.key().kind())
                    .test(run));
        }
    }

    @Test
    void segmentationsAreFiltered() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            AnnotationFilter manual = AnnotationFilter.any().metadata(where("method_type", "manual"));
            Run run = project.root.run("20001");
            assertEquals(List.of(), run.segmentations(manual));
            assertEquals(
                    List.of("62008"),
                    run.segmentations(manual.anyType().objects("pump")).stream()
                            .map(each -> each.sessionId())
                            .toList());
            assertEquals(List.of(), run.segmentations(manual.anyType().objects("membrane")));
        }
    }

    @Test
    void unknownFieldsAreRefused() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Run run = project.root.run("20004");
            assertEquals(List.of(), run.picks());
            String message = String.valueOf(assertThrows(
                            NotFoundException.class, () -> sessions(run, where("methodType", "manual")))
                    .getMessage());
            assertTrue(message.startsWith("no metadata field \"methodType\" of picks in "), message);
            assertTrue(message.contains(", method_type, "), message);
            // fields of tomograms are none of picks
            assertThrows(NotFoundException.class, () -> sessions(run, where("processing", "raw")));
            assertThrows(NotFoundException.class, () -> sessions(run, where("portal_metadata", null)));
            String mesh = String.valueOf(assertThrows(
                            NotFoundException.class,
                            () -> run.meshes(AnnotationFilter.any().metadata(where("id", 1))))
                    .getMessage());
            assertTrue(mesh.endsWith("; no layer has metadata of them"), mesh);
        }
    }

    @Test
    void valuesOfAnotherTypeAreRefused() throws IOException {
        refused(where("id", "60001.5"), "id=60001.5: the field id takes an integer");
        refused(where("id", "sixty"), "takes an integer");
        refused(where("confidence_precision", "high"), "takes a number");
        refused(where("confidence_precision", Double.NaN), "takes a number");
        refused(where("confidence_precision", "1e999"), "takes a number that a double can hold");
        refused(where("ground_truth_status", 1), "takes true or false");
        refused(where("release_date", "yesterday"), "takes a date such as");
        refused(where("release_date", "2025-02-30"), "takes a date such as");
        refused(
                MetadataFilter.any().atLeast("method_type", "manual"),
                "method_type>=manual: the field method_type is a text and has no order; use method_type=manual");
        refused(MetadataFilter.any().atMost("ground_truth_status", true), "is true or false and has no order");
        refused(MetadataFilter.any().atMost("authors", "Ann"), "is a list of texts and has no order");
    }

    private void refused(MetadataFilter filter, String reason) {
        String message =
                assertThrows(InvalidDataException.class, () -> picks(filter)).getMessage();
        assertTrue(String.valueOf(message).contains(reason), message);
    }

    @Test
    void filtersSendNoRequests() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            project.root.runs().forEach(Run::picks);
            assertEquals(List.of("Contents"), server.operations());
            for (Run run : project.root.runs()) {
                sessions(run, where("method_type", "manual").is("authors", "Ann Author"));
            }
            assertEquals(List.of(), server.operations());
            assertEquals(List.of(), project.bucketCalls);
        }
    }

    @Test
    void runsAreFoundByThePortalsName() throws IOException {
        try (PortalProject project = PortalProject.main(server, folder)) {
            Root root = project.root;
            assertEquals(List.of("20001", "20003"), names(root.runsNamed("TS_001")));
            assertEquals(List.of("20004"), names(root.runsNamed("nothing yet")));
            assertEquals(List.of("20002"), names(root.runsNamed("20002")));
            assertEquals(List.of("my-run"), names(root.runsNamed("my-run")));
            assertEquals(List.of(), names(root.runsNamed("TS_009")));
            assertEquals(List.of("Contents"), server.operations());
            root.newRun("TS_002");
            assertEquals(List.of("TS_002"), names(root.runsNamed("TS_002")), "the exact name precedes");
            root.run("20003").hide();
            assertEquals(List.of("20001"), names(root.runsNamed("TS_001")));
            assertEquals(List.of("20001", "20003"), names(root.unmerged().runsNamed("TS_001")));
            assertEquals(List.of(), server.operations());
        }
    }

    private static List<String> names(List<Run> runs) {
        return runs.stream().map(Run::name).toList();
    }

    /** Every fetched field is one that filters know, and every value has the type that the field declares. */
    @Test
    void allFetchedFieldsAreDeclared() throws IOException {
        assertEquals(fetched("tomograms", "run_id"), declared(EntityKind.TOMOGRAM, "authors"));
        Set<String> annotation = fetched("annotations", "run_id");
        annotation.addAll(fetched("annotationShapes", "annotation_id"));
        annotation.addAll(fetched("annotationFiles"));
        assertEquals(annotation, declared(EntityKind.PICKS, "authors", "voxel_spacing"));
        int values = 0;
        try (PortalProject project = PortalProject.main(server, folder)) {
            for (Run run : project.root.runs()) {
                List<Entity> entities = new ArrayList<>(run.picks());
                entities.add(run);
                entities.addAll(run.segmentations());
                entities.addAll(run.voxelSpacings());
                run.voxelSpacings().forEach(spacing -> entities.addAll(spacing.tomograms()));
                for (Entity entity : entities) {
                    for (MetadataField field :
                            project.root.metadataFields(entity.key().kind())) {
                        if (field.valueIn(entity.metadata()).isPresent()) {
                            requireType(field, field.valueIn(entity.metadata()).get());
                            values++;
                        }
                    }
                }
            }
        }
        assertTrue(values > 400, "only " + values + " values");
    }

    private static void requireType(MetadataField field, Object value) {
        boolean isRight = switch (field.type()) {
            case INTEGER -> value instanceof Long || value instanceof Integer;
            case NUMBER -> value instanceof Double;
            case TEXT -> value instanceof String;
            case BOOLEAN -> value instanceof Boolean;
            case DATE -> value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT.*");
            case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        };
        assertTrue(isRight, field + ": " + value);
    }

    private static Set<String> declared(EntityKind kind, String... others) {
        Set<String> without = new TreeSet<>(List.of("run_id", "run_name", "dataset_id"));
        without.addAll(Arrays.asList(others));
        return PortalFields.of(kind).stream()
                .map(MetadataField::name)
                .filter(name -> !without.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the fields that the query selects for a list, with Python's names. */
    private static Set<String> fetched(String list, String... without) {
        Matcher selected = Pattern.compile("\\n\\s*" + list + "\\((?:[^{}]|\\{[^()]*\\})*?\\)\\s*\\{([^{}]*)\\}")
                .matcher(PortalQuery.CONTENTS.text());
        assertTrue(selected.find(), list);
        Set<String> names = Arrays.stream(selected.group(1).strip().split("\\s+"))
                .map(PortalEntries::pythonName)
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(Arrays.asList(without));
        return names;
    }
}
