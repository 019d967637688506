package org.copick.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.copick.AnnotationId;
import org.copick.Picks;
import org.copick.Root;
import org.copick.error.AlreadyExistsException;
import org.copick.error.CopickException;
import org.copick.error.InvalidDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.picks.Point;
import org.copick.picks.Transform;
import org.copick.tests.MemoryStorageProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests of writing picks: attempts that fail, race or are repeated leave the files of one attempt. */
final class PicksWriteTest {
    static final StructType PLAIN = new StructType()
            .add("run", DataTypes.StringType)
            .add("object", DataTypes.StringType)
            .add("x", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("z", DataTypes.DoubleType);

    private static SourceOptions options(MemoryProject project, String... more) {
        Map<String, String> given = new java.util.LinkedHashMap<>(Map.of("path", project.config, "table", "picks"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return SourceOptions.of(given);
    }

    private static PicksWrite write(MemoryProject project, StructType schema, String... options) {
        return (PicksWrite) new PicksWriteBuilder(options(project, options), schema).build();
    }

    private static DataWriter<InternalRow> writer(PicksWrite write) throws IOException {
        DataWriterFactory factory = SparkRead.sent(write.createBatchWriterFactory(() -> 1));
        return factory.createWriter(0, 0);
    }

    private static InternalRow row(@Nullable Object... values) {
        return new GenericInternalRow(Arrays.stream(values)
                .map(value -> value instanceof String text ? UTF8String.fromString(text) : value)
                .toArray());
    }

    /** Runs a task as Spark does: it commits, or aborts if anything fails. */
    private static void run(PicksWrite write, InternalRow... rows) throws IOException {
        try (DataWriter<InternalRow> writer = writer(write)) {
            try {
                for (InternalRow each : rows) {
                    writer.write(each);
                }
                writer.commit();
            } catch (RuntimeException e) {
                writer.abort();
                throw e;
            }
        }
    }

    private static List<String> files(MemoryProject project) {
        List<String> files = new ArrayList<>();
        MemoryStorageProvider.space(project.name).forEach("", object -> {
            if (object.key().contains("/Picks/")) {
                files.add(object.key());
            }
        });
        return files;
    }

    private static List<Point> points(MemoryProject project, String run, AnnotationId id) {
        try (Root root = project.open()) {
            Picks picks = root.run(run).picks(id);
            return List.copyOf(picks.points());
        }
    }

    @Test
    void rowsBecomeFiles() throws IOException {
        try (MemoryProject project = new MemoryProject(root -> {})) {
            run(
                    write(project, PLAIN),
                    row("a", "ribosome", 1.0, 2.0, 3.0),
                    row("a", "ribosome", 4.0, 5.0, 6.0),
                    row("b", "ribosome", 7.0, 8.0, 9.0));
            assertEquals(
                    List.of(
                            "overlay/ExperimentRuns/a/Picks/alice_7_ribosome.json",
                            "overlay/ExperimentRuns/b/Picks/alice_7_ribosome.json"),
                    files(project));
            AnnotationId id = AnnotationId.of("ribosome").user("alice").session("7");
            assertEquals(List.of(Point.at(1, 2, 3), Point.at(4, 5, 6)), points(project, "a", id));
            assertEquals(List.of(Point.at(7, 8, 9)), points(project, "b", id));
        }
    }

    @Test
    void allColumnsAreWritten() throws IOException {
        StructType schema = new StructType()
                .add("z", DataTypes.FloatType)
                .add("session", DataTypes.StringType)
                .add("point", DataTypes.LongType)
                .add("score", DataTypes.DoubleType)
                .add("instance_id", DataTypes.IntegerType)
                .add("transform", DataTypes.createArrayType(DataTypes.DoubleType))
                .add("x", DataTypes.IntegerType)
                .add("y", DataTypes.DoubleType)
                .add("user", DataTypes.StringType)
                .add("object", DataTypes.StringType)
                .add("run", DataTypes.StringType);
        double[] turned = {0, 1, 0, 9, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        try (MemoryProject project = new MemoryProject(root -> {})) {
            run(
                    write(project, schema),
                    row(1.5f, "2", 0L, 0.25, 7, ArrayData.toArrayData(turned), 3, 4.0, "bob", "ribosome", "a"),
                    row(2.5f, "2", 5L, null, null, null, 5, 6.0, "bob", "ribosome", "a"));
            assertEquals(
                    List.of(
                            Point.at(3, 4, 1.5, Transform.of(turned))
                                    .withScore(0.25)
                                    .withInstanceId(7L),
                            Point.at(5, 6, 2.5).withScore(null).withInstanceId(null)),
                    points(project, "a", AnnotationId.of("ribosome").user("bob").session("2")));
        }
    }

    @Test
    void defaultsComeFromOptionsBeforeTheConfiguration() throws IOException {
        try (MemoryProject project = new MemoryProject(root -> {})) {
            run(write(project, PLAIN, "user", "spark", "session", "0"), row("a", "ribosome", 1.0, 2.0, 3.0));
            assertEquals(List.of("overlay/ExperimentRuns/a/Picks/spark_0_ribosome.json"), files(project));
        }
    }

    /** A task that was killed before it had all rows of a file has not written that file. */
    @Test
    void abortedTasksLeaveNoIncompleteFile() throws IOException {
        try (MemoryProject project = new MemoryProject(root -> {})) {
            PicksWrite write = write(project, PLAIN);
            try (DataWriter<InternalRow> writer = writer(write)) {
                writer.write(row("a", "ribosome", 1.0, 2.0, 3.0));
                writer.write(row("b", "ribosome", 4.0, 5.0, 6.0));
                writer.abort();
            }
            assertEquals(List.of("overlay/ExperimentRuns/a/Picks/alice_7_ribosome.json"), files(project));
            run(write, row("a", "ribosome", 1.0, 2.0, 3.0), row("b", "ribosome", 4.0, 5.0, 6.0));
            run(write, row("a", "ribosome", 1.0, 2.0, 3.0), row("b", "ribosome", 4.0, 5.0, 6.0));
            assertEquals(2, files(project).size());
        }
    }

    @Test
    void attemptsOfOneTaskMayRace() throws Exception {
        for (String onExisting : List.of("refuse", "replace")) {
            try (MemoryProject project = new MemoryProject(root -> {})) {
                PicksWrite write = write(project, PLAIN, "on_existing", onExisting);
                CyclicBarrier start = new CyclicBarrier(4);
                ExecutorService threads = Executors.newFixedThreadPool(4);
                try {
                    List<Future<?>> attempts = new ArrayList<>();
                    for (int attempt = 0; attempt < 4; attempt++) {
                        attempts.add(threads.submit(() -> {
                            start.await();
                            run(write, row("a", "ribosome", 1.0, 2.0, 3.0), row("b", "ribosome", 4.0, 5.0, 6.0));
                            return null;
                        }));
                    }
                    for (Future<?> each : attempts) {
                        each.get();
                    }
                } finally {
                    threads.shutdown();
                }
                assertEquals(2, files(project).size());
                assertEquals(
                        List.of(Point.at(1, 2, 3)),
                        points(
                                project,
                                "a",
                                AnnotationId.of("ribosome").user("alice").session("7")));
            }
        }
    }

    @Test
    void otherFilesAreReplacedOnlyOnRequest() throws IOException {
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            InternalRow row = row("TS_1", "ribosome", 9.0, 9.0, 9.0);
            AnnotationId id = AnnotationId.of("ribosome").user("alice").session("7");
            AlreadyExistsException failure =
                    assertThrows(AlreadyExistsException.class, () -> run(write(project, PLAIN), row));
            assertEquals(
                    "memory://" + project.name + "/overlay/ExperimentRuns/TS_1/Picks/alice_7_ribosome.json exists"
                            + " already and has other points; it was not changed. Write with the option"
                            + " on_existing=replace, or as another user or session",
                    failure.getMessage());
            assertEquals(3, points(project, "TS_1", id).size());
            run(write(project, PLAIN, "on_existing", "replace"), row);
            assertEquals(List.of(Point.at(9, 9, 9)), points(project, "TS_1", id));
        }
    }

    @Test
    void rowsThatCannotBePicksAreRefused() {
        try (MemoryProject project = new MemoryProject(root -> {})) {
            NotFoundException unknown = assertThrows(
                    NotFoundException.class, () -> run(write(project, PLAIN), row("a", "virus", 1.0, 2.0, 3.0)));
            assertEquals(
                    "cannot write picks of \"virus\" in run a: the configuration has no such object; add it to"
                            + " pickable_objects, or use one of [ribosome, atp-synthase, membrane]",
                    unknown.getMessage());
            for (InternalRow each : List.of(
                    row(null, "ribosome", 1.0, 2.0, 3.0),
                    row("a", null, 1.0, 2.0, 3.0),
                    row("a", "ribosome", null, 2.0, 3.0),
                    row("a", "ribosome", 1.0, Double.NaN, 3.0))) {
                assertThrows(InvalidDataException.class, () -> run(write(project, PLAIN), each));
            }
            for (String name : List.of("a/b", "..", "", "a\u0000b")) {
                CopickException failure = assertThrows(
                        CopickException.class, () -> run(write(project, PLAIN), row(name, "ribosome", 1.0, 2.0, 3.0)));
                assertTrue(failure instanceof InvalidNameException, failure.toString());
            }
            StructType numbered = PLAIN.add("point", DataTypes.IntegerType);
            InvalidDataException twice = assertThrows(
                    InvalidDataException.class,
                    () -> run(
                            write(project, numbered),
                            row("a", "ribosome", 1.0, 2.0, 3.0, 4),
                            row("a", "ribosome", 1.0, 2.0, 3.0, 4)));
            assertTrue(String.valueOf(twice.getMessage()).contains("two rows have point 4"), twice.getMessage());
            assertEquals(List.of(), files(project));
        }
    }

    @Test
    void columnsAreChecked() {
        try (MemoryProject project = new MemoryProject(root -> {})) {
            assertEquals(
                    "cannot write picks: column layer cannot be written, because picks are always written to the"
                            + " writable layer; drop it",
                    refused(project, PLAIN.add("layer", DataTypes.StringType)));
            assertEquals(
                    "cannot write picks: column confidence is unknown; drop it, or rename it to run, object, user,"
                            + " session, point, x, y, z, transform, score or instance_id",
                    refused(project, PLAIN.add("confidence", DataTypes.DoubleType)));
            assertEquals(
                    "cannot write picks: column score has the type string; cast it to double",
                    refused(project, PLAIN.add("score", DataTypes.StringType)));
            assertTrue(refused(project, new StructType().add("run", DataTypes.StringType))
                    .startsWith("cannot write picks: there is no column object, x, y, z; "));
        }
    }

    private static String refused(MemoryProject project, StructType schema) {
        return String.valueOf(assertThrows(InvalidDataException.class, () -> write(project, schema))
                .getMessage());
    }

    @Test
    void otherTablesAndOverwritingAreRefused() {
        try (MemoryProject project = new MemoryProject(root -> {})) {
            UnsupportedFeatureException failure = assertThrows(
                    UnsupportedFeatureException.class, () -> new PicksWriteBuilder(options(project), PLAIN).truncate());
            assertTrue(String.valueOf(failure.getMessage()).contains("on_existing=replace"), failure.getMessage());
            SourceOptions tomograms = SourceOptions.of(Map.of("path", project.config, "table", "tomograms"));
            assertThrows(UnsupportedFeatureException.class, () -> new PicksWriteBuilder(tomograms, PLAIN).build());
        }
    }
}
