package org.copick.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.HasPartitionKey;
import org.copick.error.CorruptDataException;
import org.copick.error.NotFoundException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStorageProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of the tables of picks and filaments. */
final class PicksTableTest {
    private static final List<Double> IDENTITY =
            List.of(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0);

    @Test
    void everyPointIsARow() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(
                            Arrays.<Object>asList(
                                    "TS_1", "ribosome", "alice", "7", "overlay", 0, 1.0, 2.0, 3.0, IDENTITY, 0.25, 5L),
                            Arrays.<Object>asList(
                                    "TS_1",
                                    "ribosome",
                                    "alice",
                                    "7",
                                    "overlay",
                                    1,
                                    4.0,
                                    5.0,
                                    6.0,
                                    List.of(
                                            0.0, 1.0, 0.0, 9.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0,
                                            1.0),
                                    null,
                                    0L),
                            Arrays.<Object>asList(
                                    "TS_1",
                                    "ribosome",
                                    "alice",
                                    "7",
                                    "overlay",
                                    2,
                                    7.5,
                                    8.0,
                                    -9.0,
                                    IDENTITY,
                                    1.0,
                                    null),
                            Arrays.<Object>asList(
                                    "TS_1",
                                    "atp-synthase",
                                    "tool",
                                    "0",
                                    "overlay",
                                    0,
                                    10.0,
                                    20.0,
                                    30.0,
                                    IDENTITY,
                                    1.0,
                                    0L),
                            Arrays.<Object>asList(
                                    "TS_2", "ribosome", "bob", "7", "overlay", 0, 11.0, 12.0, 13.0, IDENTITY, 1.0, 0L),
                            Arrays.<Object>asList(
                                    "TS_2", "ribosome", "bob", "7", "overlay", 1, 14.0, 15.0, 16.0, IDENTITY, 1.0, 0L)),
                    new SparkRead(project.config, "picks").rows());
        }
    }

    @Test
    void filtersReadOnlyTheirFiles() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(List.of(0, 11.0), List.of(1, 14.0)),
                    new SparkRead(project.config, "picks")
                            .where("=", "run", "TS_2")
                            .where("=", "object", "ribosome")
                            .columns("point", "x")
                            .rows());
            assertEquals(
                    List.of(
                            "READ " + project.name + "/copick.json",
                            "LIST overlay/ExperimentRuns/TS_2/",
                            "LIST_FOLDER overlay/ExperimentRuns/TS_2/Picks/",
                            "LIST_FOLDER static/ExperimentRuns/TS_2/Picks/",
                            "READ overlay/ExperimentRuns/TS_2/Picks/bob_7_ribosome.json"),
                    project.requests());
        }
    }

    @Test
    void everyFilterGivesTheRowsThatItDescribes() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(List.of(1.0, 4.0, 7.5, 10.0), xs(project, "STARTS_WITH", "run", "TS_1"));
            assertEquals(List.of(), xs(project, "STARTS_WITH", "run", "x"));
            assertEquals(List.of(10.0), xs(project, "=", "user", "tool"));
            assertEquals(List.of(10.0), xs(project, "=", "session", "0"));
            assertEquals(List.of(10.0, 11.0, 14.0), xs(project, "IN", "user", "bob", "tool"));
            assertEquals(List.of(11.0, 14.0), xs(project, "IN", "run", "TS_2", "none", "a/b", ""));
            assertEquals(List.of(), xs(project, "=", "layer", "static"));
            assertEquals(List.of(1.0, 4.0, 7.5, 10.0, 11.0, 14.0), xs(project, "IS_NOT_NULL", "run"));
            assertEquals(List.of(1.0, 4.0, 7.5, 11.0, 14.0), xs(project, "<=>", "object", "ribosome"));
        }
    }

    private static List<@Nullable Object> xs(MemoryProject project, String operator, String column, Object... values)
            throws IOException {
        return new SparkRead(project.config, "picks")
                .where(operator, column, values).columns("x").rows().stream()
                        .map(row -> row.get(0))
                        .toList();
    }

    /** Spark evaluates what this source cannot. */
    @Test
    void otherFiltersAreLeftToSpark() {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            Predicate[] others = {
                SparkRead.filter(">", "x", 1.0),
                SparkRead.filter("=", "x", 1.0),
                SparkRead.filter(">", "run", "A"),
                SparkRead.filter("IS_NULL", "run"),
                SparkRead.filter("ENDS_WITH", "run", "1"),
                new Predicate("NOT", new Expression[] {SparkRead.filter("=", "run", "TS_1")}),
                new Predicate(
                        "OR", new Expression[] {SparkRead.filter("=", "run", "TS_1"), SparkRead.filter("=", "x", 1.0)}),
                new Predicate("=", new Expression[] {SparkRead.literal("a"), new SparkRead.Column("run")}),
                new Predicate("=", new Expression[] {new SparkRead.Column("run"), new SparkRead.Column("user")})
            };
            CopickScanBuilder builder = new SparkRead(project.config, "picks").builder();
            assertArrayEquals(others, builder.pushPredicates(others));
            assertEquals(0, builder.pushedPredicates().length);
            Predicate taken = SparkRead.filter("=", "run", "TS_1");
            assertArrayEquals(new Predicate[] {others[0]}, builder.pushPredicates(new Predicate[] {taken, others[0]}));
            assertArrayEquals(new Predicate[] {taken}, builder.pushedPredicates());
        }
    }

    @Test
    void partitionsAreThoseOfRuns() {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            CopickScan scan = new SparkRead(project.config, "picks").scan();
            assertEquals(
                    List.of("TS_1", "TS_2"),
                    Arrays.stream(scan.planInputPartitions())
                            .map(each -> ((HasPartitionKey) each)
                                    .partitionKey()
                                    .getUTF8String(0)
                                    .toString())
                            .toList());
            project.requests();
            scan.planInputPartitions();
            scan.estimateStatistics();
            assertEquals(List.of(), project.requests());
        }
    }

    @Test
    void limitsReadNoMoreFilesThanNeeded() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            assertEquals(
                    List.of(List.of(0), List.of(1)),
                    new SparkRead(project.config, "picks")
                            .columns("point")
                            .limit(2)
                            .rows());
            assertEquals(
                    List.of(
                            "READ " + project.name + "/copick.json",
                            "LIST_FOLDER overlay/ExperimentRuns/",
                            "LIST_FOLDER static/ExperimentRuns/",
                            "LIST_FOLDER overlay/ExperimentRuns/TS_1/Picks/",
                            "LIST_FOLDER static/ExperimentRuns/TS_1/Picks/",
                            "READ overlay/ExperimentRuns/TS_1/Picks/alice_7_ribosome.json"),
                    project.requests());
            assertEquals(
                    6, new SparkRead(project.config, "picks").limit(100).rows().size());
            assertEquals(
                    0, new SparkRead(project.config, "picks").limit(0).rows().size());
            assertFalse(new SparkRead(project.config, "picks").builder().pushLimit(10_001));
        }
    }

    @Test
    void everyVertexOfAFilamentIsARow() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            List<Object> file = List.of("TS_2", "membrane", "alice", "7", "overlay");
            assertEquals(
                    List.of(
                            row(file, 0, 0, 1.0, 2.0, 3.0, 3L, true, 0.5, 12.5),
                            row(file, 0, 1, 4.0, 5.0, 6.0, 3L, true, 0.5, 12.5),
                            row(file, 1, 0, 0.0, 0.0, 0.0, 4L, false, 1.0, null),
                            row(file, 1, 1, 1.0, 1.0, 1.0, 4L, false, 1.0, null),
                            row(file, 1, 2, 2.0, 2.0, 2.0, 4L, false, 1.0, null)),
                    new SparkRead(project.config, "filaments").rows());
        }
    }

    private static List<@Nullable Object> row(List<Object> file, @Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>(file);
        row.addAll(Arrays.asList(values));
        return row;
    }

    /** A damaged file fails the query: rows without it would be silently wrong. */
    @Test
    void aDamagedFileIsReportedByItsLocation() {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            MemoryStorageProvider.space(project.name)
                    .write(
                            "overlay/ExperimentRuns/TS_2/Picks/bob_7_ribosome.json",
                            "{\"points\": [".getBytes(StandardCharsets.UTF_8),
                            WriteCondition.ANY);
            CorruptDataException failure =
                    assertThrows(CorruptDataException.class, () -> new SparkRead(project.config, "picks").rows());
            String location = "memory://" + project.name + "/overlay/ExperimentRuns/TS_2/Picks/bob_7_ribosome.json";
            assertTrue(String.valueOf(failure.getMessage()).contains(location), failure.getMessage());
        }
    }

    @Test
    void aFileThatIsDeletedMeanwhileIsReported() {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            CopickScan scan = new SparkRead(project.config, "picks").scan();
            scan.planInputPartitions();
            MemoryStorageProvider.space(project.name).delete("overlay/ExperimentRuns/TS_2/Picks/bob_7_ribosome.json");
            NotFoundException failure = assertThrows(NotFoundException.class, () -> SparkRead.rows(scan));
            assertEquals(
                    "memory://" + project.name + "/overlay/ExperimentRuns/TS_2/Picks/bob_7_ribosome.json was deleted"
                            + " while Spark was reading it; run the query again",
                    failure.getMessage());
        }
    }
}
