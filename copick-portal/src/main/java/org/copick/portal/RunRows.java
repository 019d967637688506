package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Everything that the portal knows about one run. */
record RunRows(
        List<SpacingRow> spacings,
        List<TomogramRow> tomograms,
        List<AuthorRow> tomogramAuthors,
        List<AnnotationRow> annotations,
        List<AuthorRow> annotationAuthors,
        List<ShapeRow> shapes,
        List<FileRow> files) {
    static final RunRows EMPTY =
            new RunRows(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private static final List<String> LISTS = List.of(
            "tomogramVoxelSpacings",
            "tomograms",
            "tomogramAuthors",
            "annotations",
            "annotationAuthors",
            "annotationShapes",
            "annotationFiles");

    /** Returns the rows of an answer to {@link PortalQuery#CONTENTS}, by run. Runs without any row are missing. */
    static Map<Long, RunRows> byRun(JsonNode data) {
        Map<Long, RunRows> runs = new HashMap<>();
        Map<Long, Long> ofSpacing = new HashMap<>();
        for (SpacingRow row : rows(data, "tomogramVoxelSpacings", SpacingRow::of)) {
            ofSpacing.put(row.id(), row.runId());
            of(runs, row.runId()).spacings().add(row);
        }
        Map<Long, Long> ofTomogram = new HashMap<>();
        add(runs, rows(data, "tomograms", TomogramRow::of), TomogramRow::spacingId, ofSpacing, (to, run, row) -> {
            to.tomograms().add(row);
            ofTomogram.put(row.id(), run);
        });
        add(
                runs,
                rows(data, "tomogramAuthors", AuthorRow::ofTomogram),
                AuthorRow::ofId,
                ofTomogram,
                (to, run, row) -> to.tomogramAuthors().add(row));
        Map<Long, Long> ofAnnotation = new HashMap<>();
        for (AnnotationRow row : rows(data, "annotations", AnnotationRow::of)) {
            ofAnnotation.put(row.id(), row.runId());
            of(runs, row.runId()).annotations().add(row);
        }
        add(
                runs,
                rows(data, "annotationAuthors", AuthorRow::ofAnnotation),
                AuthorRow::ofId,
                ofAnnotation,
                (to, run, row) -> to.annotationAuthors().add(row));
        Map<Long, Long> ofShape = new HashMap<>();
        add(
                runs,
                rows(data, "annotationShapes", ShapeRow::of),
                ShapeRow::annotationId,
                ofAnnotation,
                (to, run, row) -> {
                    to.shapes().add(row);
                    ofShape.put(row.id(), run);
                });
        add(
                runs,
                rows(data, "annotationFiles", FileRow::of),
                FileRow::shapeId,
                ofShape,
                (to, run, row) -> to.files().add(row));
        return runs;
    }

    /** Adds rows to an answer like those that {@link #byRun} reads. */
    static void addTo(ObjectNode answer, Collection<RunRows> runs) {
        LISTS.forEach(answer::putArray);
        for (RunRows run : runs) {
            run.spacings.forEach(
                    row -> answer.withArray("tomogramVoxelSpacings").add(row.row()));
            run.tomograms.forEach(row -> answer.withArray("tomograms").add(row.fields()));
            run.tomogramAuthors.forEach(
                    row -> answer.withArray("tomogramAuthors").add(row.row("tomogramId")));
            run.annotations.forEach(row -> answer.withArray("annotations").add(row.fields()));
            run.annotationAuthors.forEach(
                    row -> answer.withArray("annotationAuthors").add(row.row("annotationId")));
            run.shapes.forEach(row -> answer.withArray("annotationShapes").add(row.fields()));
            run.files.forEach(row -> answer.withArray("annotationFiles").add(row.fields()));
        }
    }

    /** Returns whether no list of an answer has more than a number of rows; longer lists were cut off. */
    static boolean isComplete(JsonNode data, int most) {
        return LISTS.stream().allMatch(list -> data.path(list).size() <= most);
    }

    static <R> List<R> rows(JsonNode data, String list, Function<JsonNode, R> reader) {
        List<R> rows = new ArrayList<>();
        data.path(list).forEach(row -> rows.add(reader.apply(row)));
        return rows;
    }

    @FunctionalInterface
    private interface Adder<R> {
        void add(RunRows to, Long run, R row);
    }

    /**
     * Adds rows to their runs.
     *
     * <p>A row whose owner is missing was added to the portal while it answered; the next answer has both.
     */
    private static <R> void add(
            Map<Long, RunRows> runs, List<R> rows, ToLongFunction<R> owner, Map<Long, Long> runOf, Adder<R> adder) {
        for (R row : rows) {
            Long run = runOf.get(owner.applyAsLong(row));
            if (run != null) {
                adder.add(of(runs, run), run, row);
            }
        }
    }

    private static RunRows of(Map<Long, RunRows> runs, long run) {
        return runs.computeIfAbsent(
                run,
                id -> new RunRows(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>()));
    }
}
