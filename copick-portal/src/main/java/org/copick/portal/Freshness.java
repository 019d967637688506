package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts and greatest ids and dates of rows. They change when the portal changes. */
record Freshness(Mark runs, Mark tomograms, Mark annotations, Mark files) {
    /**
     * The state of one table.
     *
     * @param latest the greatest date of a change; null for tables without dates and for no rows
     */
    record Mark(
            long count, @Nullable Long greatest, @Nullable String latest) {
        private static Mark of(JsonNode answer) {
            JsonNode values = answer.path("aggregate").path(0);
            JsonNode max = values.path("max");
            JsonNode date = max.path("lastModifiedDate");
            return new Mark(
                    values.path("count").asLong(),
                    max.path("id").isNumber() ? max.path("id").longValue() : null,
                    date.isTextual() ? date.textValue() : null);
        }

        private static Mark of(List<Long> ids, Stream<JsonNode> dates) {
            return new Mark(
                    ids.size(),
                    ids.stream().max(Long::compare).orElse(null),
                    dates.filter(JsonNode::isTextual)
                            .map(JsonNode::textValue)
                            .filter(Objects::nonNull)
                            .max(String::compareTo)
                            .orElse(null));
        }
    }

    /** Returns the state that an answer to {@link PortalQuery#FRESH} reports. */
    static Freshness of(JsonNode answer) {
        return new Freshness(
                Mark.of(answer.path("runsAggregate")),
                Mark.of(answer.path("tomogramsAggregate")),
                Mark.of(answer.path("annotationsAggregate")),
                Mark.of(answer.path("annotationFilesAggregate")));
    }

    /** Returns the state of known rows. */
    static Freshness of(List<RunRow> runs, Collection<RunRows> contents) {
        List<TomogramRow> tomograms =
                contents.stream().flatMap(rows -> rows.tomograms().stream()).toList();
        List<AnnotationRow> annotations =
                contents.stream().flatMap(rows -> rows.annotations().stream()).toList();
        return new Freshness(
                Mark.of(runs.stream().map(RunRow::id).toList(), Stream.empty()),
                Mark.of(
                        tomograms.stream().map(TomogramRow::id).toList(),
                        tomograms.stream().map(row -> row.fields().path("lastModifiedDate"))),
                Mark.of(
                        annotations.stream().map(AnnotationRow::id).toList(),
                        annotations.stream().map(row -> row.fields().path("lastModifiedDate"))),
                Mark.of(
                        contents.stream()
                                .flatMap(rows -> rows.files().stream())
                                .map(FileRow::id)
                                .toList(),
                        Stream.empty()));
    }
}
