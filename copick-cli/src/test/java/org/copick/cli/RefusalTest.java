package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.cli.project.SampleProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that failures name the option or command that helps. */
final class RefusalTest {
    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        SampleProject.unpack(folder);
        config = folder.resolve("copick.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "add object --name my_object|\"my-object\" would do",
                "add object --name .hidden|\"hidden\" would do",
                "add object --name ribosome|--exist-ok changes it",
                "add object --name fresh --label 1|choose another one with --label",
                "new picks --particle-name ribosome --out-user anna_b --run TS_001|\"anna-b\" would do",
                "new picks --particle-name ribosome --out-user me. --run TS_001|\"me\" would do",
                "new picks --particle-name ribosome --out-user gapstop --out-session 0 --run TS_001|--overwrite accepts it",
                "new picks --particle-name ribosom|copick add object adds one",
                "new run a/b*c|\"a-b-c\" would do",
                "new run TS_001|--overwrite accepts it",
                "new voxelspacing 10 --run TS_001|--overwrite accepts it",
                "new voxelspacing 10 --run NEW --no-create|--create creates it",
                "ls --run nobody|copick ls lists them",
                "rm picks ribosome:gapstop/0 --run TS_001|copick hide hides it",
                "rm run TS_001|copick hide hides it",
                "rm picks ribosome:nobody/0|copick ls lists the entities",
                "mv picks ribosome:gapstop/0 ribosome:me/0 --run TS_001|copick cp copies it, copick hide hides it",
                "cp picks ribosome:gapstop/0 proteasome:gapstop/0 --run TS_001|--overwrite replaces it",
                "rm picks ribosome:*/*|--force",
                "export tomogram --tomogram-uri nope --output-dir x --output-format mrc|copick ls lists the entities"
            })
    void namesWhatHelps(String line, String remedy) {
        Called called = copick(line);
        assertEquals(1, called.status(), () -> called.out() + called.err());
        assertEquals(1, called.err().lines().count(), called::err);
        assertTrue(called.err().contains(remedy), called::err);
    }

    @Test
    void namesInConfigurationsAreProposedToo() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.json"),
                "{\"overlay_root\": \"x\", \"user_id\": \"anna b\", \"pickable_objects\": []}");
        assertTrue(Called.copick("ls", "-c", bad).err().contains("\"anna-b\" would do"));
        Files.writeString(
                bad, "{\"overlay_root\": \"x\", \"pickable_objects\": [{\"name\": \"a:b\", \"is_particle\": true}]}");
        String told = Called.copick("ls", "-c", bad).err();
        assertTrue(told.contains("pickable_objects[0].name") && told.contains("\"a-b\" would do"), told);
    }

    @Test
    void commasSeparateRuns() {
        assertEquals(
                copick("ls --run TS_001 --run TS_002").out(),
                copick("ls --run TS_001,TS_002").out());
        assertEquals(0, copick("new voxelspacing 8 --run A,B").status());
        assertTrue(copick("new picks --particle-name ribosome --run TS_001,nobody")
                .err()
                .contains("nobody"));
        try (Root root = Copick.open(config)) {
            assertTrue(root.findRun("A,B").isEmpty());
            assertEquals(1, root.run("A").voxelSpacings().size());
            assertEquals(1, root.run("B").voxelSpacings().size());
            root.newRun("x,y");
        }
        assertTrue(copick("ls --run x,y").out().startsWith("x,y\trun"), "a run of that name comes first");
    }

    @Test
    void deletingInSeveralRunsNeedsForce() {
        copick("new picks --particle-name ribosome --out-user me --out-session 1 --run TS_001,TS_002");
        Called refused = copick("rm picks ribosome:me/1");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("2 runs have ribosome:me/1, TS_001, TS_002"), refused::err);
        assertTrue(refused.err().contains("--force"), refused::err);
        assertEquals(2, copick("rm picks ribosome:me/1 --dry-run").out().lines().count());
        assertEquals(0, copick("rm picks ribosome:me/1 --run TS_001").status());
        assertEquals(0, copick("rm picks ribosome:me/1").status(), "in one run only");
        copick("new picks --particle-name ribosome --out-user me --out-session 1 --run TS_001,TS_002");
        assertEquals(0, copick("rm picks ribosome:me/1 --force").status());
        try (Root root = Copick.open(config)) {
            for (Run run : root.runs()) {
                assertTrue(
                        run.findPicks(AnnotationId.of("ribosome").user("me").session("1"))
                                .isEmpty(),
                        run.name());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tomogram,--tomogram-uri,wbp@10,mrc",
        "tomogram,--tomogram-uri,wbp@10,zarr",
        "segmentation,--segmentation-uri,membrane:membrain/0@10,mrc",
        "segmentation,--segmentation-uri,membrane:membrain/0@10,zarr",
        "mesh,--mesh-uri,membrane:membrain/0,"
    })
    void exportsReplaceNothingUnasked(String kind, String option, String uri, String format) throws IOException {
        Path out = folder.resolve("out");
        String line = "export " + kind + " " + option + " " + uri + " --run TS_001 --output-dir " + out
                + (format == null ? "" : " --output-format " + format);
        Called first = copick(line);
        assertEquals(0, first.status(), first::err);
        Path file = Path.of(first.out().strip());
        Path mine = Files.isDirectory(file) ? file.resolve("mine.txt") : file;
        Files.writeString(mine, "mine");

        Called second = copick(line);
        assertEquals(1, second.status());
        assertTrue(second.err().contains(file + " exists already; nothing was exported; --overwrite"), second::err);
        assertEquals("mine", Files.readString(mine));

        assertEquals(0, copick(line + " --overwrite").status());
        assertTrue(Files.notExists(mine) || Files.size(mine) > 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--output-format csv --output-dir",
                "--output-format csv --output-file",
                "--output-format star --output-file",
                "--output-format star --star-layout import --output-file"
            })
    void exportsOfPicksReplaceNothingUnasked(String options) throws IOException {
        Path out = folder.resolve(options.endsWith("dir") ? "out" : "out/all");
        String line = "export picks --picks-uri ribosome:gapstop/0 --run TS_001 " + options + " " + out;
        assertEquals(0, copick(line).status(), () -> copick(line).err());
        Path written;
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            written = files.filter(Files::isRegularFile)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        Files.writeString(written, "mine");

        Called refused = copick(line);
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("exists already; nothing was exported; --overwrite"), refused::err);
        assertEquals("mine", Files.readString(written));
        assertEquals(0, copick(line + " --overwrite").status());
        assertTrue(Files.size(written) > 4);
    }

    private Called copick(String line) {
        return Called.copick((Object[]) (line + " -c " + config).split(" "));
    }
}
