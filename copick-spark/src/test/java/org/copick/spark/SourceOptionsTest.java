package org.copick.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.read.InputPartition;
import org.copick.CopickContext;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.config.ProjectConfig;
import org.copick.error.CopickException;
import org.copick.error.InvalidConfigException;
import org.junit.jupiter.api.Test;

/** Tests of options, and of what becomes of the credentials in them. */
final class SourceOptionsTest {
    private static final String SECRET = "hunter2-not-for-plans";

    private static SourceOptions options(String... namesAndValues) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return SourceOptions.of(given);
    }

    private static String failure(String... namesAndValues) {
        return String.valueOf(assertThrows(InvalidConfigException.class, () -> options(namesAndValues))
                .getMessage());
    }

    @Test
    void optionsHaveDefaults() {
        SourceOptions options = options("Config", "c.json", "TABLE", "Blocks");
        assertEquals("c.json", options.config());
        assertEquals(TableKind.BLOCKS, options.table());
        assertEquals("*", options.tomogram());
        assertEquals(0, options.level());
        assertEquals(List.of(64, 64, 64), options.block());
        assertEquals(OnExisting.FAIL, options.onExisting());
        assertEquals(
                List.of(1, 2, 512),
                options("path", "c", "table", "picks", "block", "1, 2,512").block());
        assertEquals(
                OnExisting.REPLACE,
                options("path", "c", "table", "picks", "on_existing", "Replace").onExisting());
    }

    @Test
    void mistakesAreRefusedWithARemedy() {
        assertEquals(
                "format copick needs the configuration of a project; add .option(\"config\", PATH or URL), or call"
                        + " load(PATH or URL)",
                failure("table", "picks"));
        assertEquals(
                "format copick needs a table; add .option(\"table\", …) with one of picks, filaments, segmentations,"
                        + " tomograms, blocks",
                failure("path", "c"));
        assertEquals(
                "no table \"pick\" in format copick; the option table is one of picks, filaments, segmentations,"
                        + " tomograms, blocks",
                failure("path", "c", "table", "pick"));
        assertEquals("format copick has no option \"tabel\"; did you mean table?", failure("tabel", "picks"));
        assertEquals(
                "format copick has no option \"credentials\"; options are config, table, tomogram, level, block, user,"
                        + " session, on_existing, overlay_fs_args.KEY and static_fs_args.KEY",
                failure("credentials", SECRET));
        assertEquals(
                "format copick has no option \"overlay_fs_args\"; write overlay_fs_args.KEY or static_fs_args.KEY, once"
                        + " for each argument",
                failure("overlay_fs_args", SECRET));
        assertEquals(
                "two configurations are named, a by load() and b by the option config; name one",
                failure("path", "a", "config", "b", "table", "picks"));
        assertEquals(
                "format copick reads one project at a time; load each configuration and combine them by union",
                failure("paths", "[\"a\",\"b\"]", "table", "picks"));
        assertEquals(
                "invalid option level: \"-1\" is not a whole number from 0",
                failure("path", "c", "table", "blocks", "level", "-1"));
        assertEquals(
                "invalid option block: \"0\" is not a whole number from 1 to 512",
                failure("path", "c", "table", "blocks", "block", "0"));
        assertEquals(
                "invalid option block: \"1,2\"; write one number of voxels, or three as in 64,64,64",
                failure("path", "c", "table", "blocks", "block", "1,2"));
        assertTrue(failure("path", "c", "table", "blocks", "tomogram", "re:[").startsWith("invalid option tomogram: "));
        assertEquals(
                "invalid option on_existing: \"skip\"; write refuse or replace",
                failure("path", "c", "table", "picks", "on_existing", "skip"));
    }

    @Test
    void fileSystemArgumentsChangeTheConfiguration() {
        ProjectConfig config = ProjectConfig.builder()
                .overlay("o")
                .shared("s", Map.of("key", "old"))
                .build();
        ProjectConfig changed = ProjectReader.changed(
                config,
                options(
                        "path",
                        "c.json",
                        "table",
                        "picks",
                        "overlay_fs_args.Secret",
                        SECRET,
                        "OVERLAY_FS_ARGS.anon",
                        "true",
                        "static_fs_args.client_kwargs",
                        "{\"verify\": false}",
                        "static_fs_args.key",
                        "\"12\""));
        assertEquals(Map.of("Secret", SECRET, "anon", true), changed.overlayFsArgs());
        assertEquals(Map.of("client_kwargs", Map.of("verify", false), "key", "12"), changed.staticFsArgs());
        InvalidConfigException failure = assertThrows(
                InvalidConfigException.class,
                () -> ProjectReader.changed(
                        ProjectConfig.builder().overlay("o").build(),
                        options("path", "c.json", "table", "picks", "static_fs_args.secret", SECRET)));
        assertEquals(
                "cannot apply the options static_fs_args.KEY: the configuration c.json has no static_root",
                failure.getMessage());
    }

    /** Everything that Spark shows of a scan or a write: plans, descriptions and messages. */
    @Test
    void credentialsAreNotShown() throws IOException {
        SourceOptions options = options("path", "c.json", "table", "picks", "overlay_fs_args.secret", SECRET);
        Project secret = new Project(
                ProjectReader.changed(
                                ProjectConfig.builder().overlay("memory://x/o").build(), options)
                        .toJson(),
                ".");
        assertTrue(secret.config().contains(SECRET));
        CopickScan scan = (CopickScan) new CopickScanBuilder(options, secret).build();
        WrittenColumns columns = WrittenColumns.of(PicksWriteTest.PLAIN);
        PicksWrite write = new PicksWrite(secret, options, columns);
        for (Object each : List.of(
                options,
                new CopickTable(options),
                new CopickTable(options).name(),
                scan,
                scan.description(),
                scan.createReaderFactory(),
                write,
                write.description(),
                write.createBatchWriterFactory(() -> 1))) {
            assertFalse(each.toString().contains(SECRET), each.toString());
        }
        // memory stores have no options, so opening fails
        CopickException failure = assertThrows(CopickException.class, scan::planInputPartitions);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertFalse(each.toString().contains(SECRET), each.toString());
        }
        try (MemoryProject project = new MemoryProject(MemoryProject::fill)) {
            for (InputPartition each :
                    new SparkRead(project.config, "picks").scan().planInputPartitions()) {
                assertFalse(each.toString().contains("overlay_root"), each.toString());
            }
        }
    }

    /** Relative roots start from the folder of the configuration on the driver, wherever executors run. */
    @Test
    void relativeRootsStartAtTheConfiguration(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws IOException {
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.create(
                        folder.resolve("copick.json").toString(),
                        config -> config.overlay("data")
                                .userId("alice")
                                .sessionId("1")
                                .object(org.copick.config.ObjectDefinition.particle("ribosome")
                                        .radius(1)))) {
            root.newRun("r")
                    .newPicks(org.copick.AnnotationId.of("ribosome"), List.of(org.copick.picks.Point.at(1, 2, 3)));
            CopickScan scan = new SparkRead(folder.resolve("copick.json").toString(), "picks")
                    .columns("x")
                    .scan();
            assertEquals(
                    folder.toRealPath().toString(),
                    java.nio.file.Path.of(((RowReaderFactory) scan.createReaderFactory())
                                    .spec()
                                    .project()
                                    .baseFolder())
                            .toRealPath()
                            .toString());
            assertEquals(List.of(List.of(1.0)), SparkRead.rows(scan));
        }
        assertTrue(Arrays.asList(folder.toFile().list()).contains("data"));
    }
}
