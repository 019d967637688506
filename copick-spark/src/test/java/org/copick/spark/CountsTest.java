package org.copick.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.junit.jupiter.api.Test;

/** Tests of numbers of rows that this source computes instead of Spark. */
final class CountsTest {
    private static final AggregateFunc ROWS = new CountStar();

    private static AggregateFunc values(String column) {
        return new Count(new SparkRead.Column(column), false);
    }

    private static Aggregation aggregation(List<AggregateFunc> functions, String... groups) {
        return new Aggregation(
                functions.toArray(new AggregateFunc[0]),
                Arrays.stream(groups).map(SparkRead.Column::new).toArray(Expression[]::new));
    }

    /** Returns the sums that Spark makes of the numbers, by the text of the group. */
    private static Map<String, List<Long>> counts(SparkRead read, Aggregation aggregation) throws IOException {
        CopickScanBuilder builder = read.builder();
        assertTrue(builder.pushAggregation(aggregation));
        assertFalse(builder.pushLimit(1));
        CopickScan scan = (CopickScan) builder.build();
        int groups = aggregation.groupByExpressions().length;
        assertEquals(
                groups + aggregation.aggregateExpressions().length,
                scan.readSchema().length());
        Map<String, List<Long>> sums = new HashMap<>();
        for (List<Object> row : SparkRead.rows(scan)) {
            List<Long> numbers = row.subList(groups, row.size()).stream()
                    .map(Long.class::cast)
                    .toList();
            sums.merge(row.subList(0, groups).toString(), numbers, CountsTest::sum);
        }
        return sums;
    }

    private static List<Long> sum(List<Long> a, List<Long> b) {
        return java.util.stream.IntStream.range(0, a.size())
                .mapToObj(i -> a.get(i) + b.get(i))
                .toList();
    }

    @Test
    void pointsAreCounted() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    Map.of("[]", List.of(6L, 6L, 5L, 5L)),
                    counts(
                            new SparkRead(project.config, "picks"),
                            aggregation(List.of(ROWS, values("x"), values("score"), values("instance_id")))));
            assertEquals(
                    Map.of(
                            "[ribosome, TS_1]", List.of(3L),
                            "[atp-synthase, TS_1]", List.of(1L),
                            "[ribosome, TS_2]", List.of(2L)),
                    counts(new SparkRead(project.config, "picks"), aggregation(List.of(ROWS), "object", "run")));
            assertEquals(
                    Map.of("[]", List.of(2L)),
                    counts(
                            new SparkRead(project.config, "picks").where("=", "run", "TS_2"),
                            aggregation(List.of(ROWS))));
            assertEquals(
                    Map.of("[]", List.of(5L, 2L)),
                    counts(new SparkRead(project.config, "filaments"), aggregation(List.of(ROWS, values("radius")))));
        }
    }

    /** Without rows there is one number, and it is 0; by groups there is none. */
    @Test
    void nothingIsCountedAsZero() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            for (String table : List.of("picks", "filaments", "segmentations", "tomograms", "blocks")) {
                assertEquals(
                        Map.of("[]", List.of(0L)),
                        counts(
                                new SparkRead(project.config, table).where("=", "run", "empty"),
                                aggregation(List.of(ROWS))),
                        table);
                assertEquals(
                        Map.of(),
                        counts(
                                new SparkRead(project.config, table).where("=", "run", "empty"),
                                aggregation(List.of(ROWS), "run")),
                        table);
            }
        }
    }

    @Test
    void volumesAreCountedWithoutReadingThem() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    Map.of("[binary]", List.of(1L), "[instance]", List.of(1L)),
                    counts(new SparkRead(project.config, "segmentations"), aggregation(List.of(ROWS), "type")));
            assertEquals(
                    Map.of("[TS_1]", List.of(1L), "[TS_2]", List.of(1L)),
                    counts(new SparkRead(project.config, "tomograms"), aggregation(List.of(values("layer")), "run")));
            assertEquals(List.of(), project.reads());
            assertEquals(
                    Map.of("[wbp@10.0]", List.of(36L), "[denoised@7.84]", List.of(12L)),
                    counts(
                            new SparkRead(project.config, "blocks").option("block", "2"),
                            aggregation(List.of(ROWS), "tomogram")));
            assertEquals(
                    List.of(),
                    project.reads().stream()
                            .filter(read -> read.matches(".*/[0-9]+/(c/)?[0-9]+/[0-9]+/[0-9]+"))
                            .toList());
        }
    }

    @Test
    void otherAggregatesAreLeftToSpark() {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            CopickScanBuilder picks = new SparkRead(project.config, "picks").builder();
            assertFalse(picks.pushAggregation(aggregation(List.of(new Max(new SparkRead.Column("x"))))));
            assertFalse(picks.pushAggregation(aggregation(List.of(ROWS), "score")));
            assertFalse(picks.pushAggregation(aggregation(List.of(new Count(new SparkRead.Column("run"), true)))));
            assertFalse(picks.supportCompletePushDown(aggregation(List.of(ROWS))));
            CopickScanBuilder tomograms = new SparkRead(project.config, "tomograms").builder();
            assertFalse(tomograms.pushAggregation(aggregation(List.of(values("shape")))));
            assertTrue(tomograms.supportCompletePushDown(aggregation(List.of(ROWS))));
        }
    }
}
