package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.copick.cli.output.FailureMessage;
import org.copick.internal.names.Nearest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Tests of wrong usage: one line with the problem and the help command, and exit status 2. */
final class UsageErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus|no command bogus; try 'copick --help'",
                "bogus --help|no command bogus; try 'copick --help'",
                "--help bogus|no command bogus; try 'copick --help'",
                "lss|no command lss (did you mean ls?); try 'copick --help'",
                "manifets -c x|no command manifets (did you mean manifest?); try 'copick --help'",
                "stats pick|no command pick (did you mean picks?); try 'copick stats --help'",
                "add bogus --help|no command bogus; try 'copick add --help'",
                "ls --jsno|unknown option --jsno (did you mean --json?); try 'copick ls --help'",
                "ls --runs=a|unknown option --runs=a (did you mean --run?); try 'copick ls --help'",
                "ls a b|unexpected argument b; try 'copick ls --help'",
                "render wbp --outptu x|unknown option --outptu (did you mean --output?); try 'copick render --help'",
                "render wbp|Missing required option: '--output=FILE'; try 'copick render --help'",
                "render wbp -o x.png --index q|Invalid value for option '--index': 'q' is not a long;"
                        + " try 'copick render --help'",
                "add object --nam x|unknown option --nam (did you mean --name?); try 'copick add object --help'",
                "export|say what to export: tomogram, segmentation, picks or mesh; try 'copick export --help'",
                "''|a command is needed; try 'copick --help'",
                "ls --run ,|--run names no run; try 'copick ls --help'",
                "rm picks a:b/1 --run , --force|--run names no run; try 'copick rm --help'",
                "add mesh x.glb --object-name m --run=|--run names no run; try 'copick add mesh --help'",
                "add tomogram x.mrc -r,|--run names no run; try 'copick add tomogram --help'",
                "ls --run a --run-names=|--run names no run; try 'copick ls --help'",
                "stats picks --user-id=|--user-id names no user; try 'copick stats picks --help'",
                "stats picks --session-id=|--session-id names no session; try 'copick stats picks --help'",
                "stats meshes --name=|--object-name names no name; try 'copick stats meshes --help'",
                "verify m.json --ignore ,|--ignore names no field; try 'copick verify --help'",
                "sync tomograms --target-config x --source-runs=|--source-runs names no run;"
                        + " try 'copick sync tomograms --help'",
                "sync tomograms --target-config x --target-runs=|--target-runs names nothing;"
                        + " try 'copick sync tomograms --help'",
                "sync tomograms --target-config x --voxel-spacings=,|--voxel-spacings names nothing;"
                        + " try 'copick sync tomograms --help'",
                "render wbp -o x.png --picks=|--picks names nothing; try 'copick render --help'",
                "render wbp -o x.png --axis q|--axis must be z, y or x; try 'copick render --help'",
                "render wbp -o x.png --scale 0|Invalid value for option '--scale': '0' is not a finite number above 0; try 'copick render --help'",
                "rm bogus x|unknown TYPE \"bogus\"; use one of tomogram, feature, picks, filaments, mesh, segmentation,"
                        + " object-volume, run, voxelspacing, object; try 'copick rm --help'"
            })
    void isOneLine(String line, String told) {
        Called called = line.isEmpty() ? Called.copick() : Called.copick((Object[]) line.split(" "));
        assertEquals("copick: " + told + System.lineSeparator(), called.err());
        assertEquals(2, called.status());
        assertEquals("", called.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "add picks a.star --object-name a --tilt-series-pixel-size 0|'0' is not a finite number above 0",
                "add picks a.star --object-name a --voxel-size=-1|'-1' is not a finite number above 0",
                "export picks --picks-uri a --output-format star --voxel-size nan|'nan' is not a number",
                "export picks --picks-uri a --output-format star --voxel-size NaN|'NaN' is not a finite number above 0",
                "export picks --picks-uri a --output-format star --tilt-series-pixel-size 1e400|'1e400' is not a finite",
                "add tomogram a.mrc --voxel-size 0|'0' is not a finite number above 0",
                "add tomogram a.mrc --pyramid-levels 0|'0' is not a whole number from 1 to 30",
                "add tomogram a.mrc --pyramid-levels 1.5|'1.5' is not a whole number from 1 to 30",
                "add tomogram a.mrc --pyramid-levels 31|'31' is not a whole number from 1 to 30",
                "add tomogram a.mrc --chunk-size 2000,2000,2000|a chunk has at most 268435456 voxels",
                "stats segmentations --voxel-size 0|'0' is not a finite number above 0",
                "add tomogram a.mrc --chunk-size 0,1,1|--chunk-size takes three lengths",
                "add segmentation a.mrc --name a --voxel-size Infinity|'Infinity' is not a finite number above 0",
                "add object-volume --object-name a --volume-path a.mrc --voxel-size=-5|'-5' is not a finite number above 0",
                "add object --name a --voxel-size 0|'0' is not a finite number above 0",
                "add object --name a --radius 0|'0' is not a finite number above 0",
                "add object --name a --radius x|'x' is not a number",
                "add object --name a --helical-rise=-1|'-1' is not a finite number above 0",
                "add object --name a --helical-twist NaN|'NaN' is not a finite number",
                "add object --name a --map-threshold Infinity|'Infinity' is not a finite number",
                "add object --name a --label x|'x' is not a long",
                "render wbp -o x.png --scale=-1|'--scale': '-1' is not a finite number above 0",
                "render wbp -o x.png --scale NaN|'--scale': 'NaN' is not a finite number above 0",
                "render wbp -o x.png --index=-1|--index must not be negative"
            })
    void numbersThatCannotBeAreWrongUsage(String line, String told) {
        Called called = Called.copick((Object[]) line.split(" "));
        assertEquals(2, called.status(), called::err);
        assertEquals(1, called.err().lines().count(), called::err);
        assertTrue(called.err().contains(told), called::err);
    }

    @Test
    void radiiOfNewConfigurationsAreChecked() {
        Called called = Called.copick(
                        "config",
                        "filesystem",
                        "--overlay-root",
                        "ov",
                        "--objects",
                        "a,true,-3",
                        "--config",
                        "never.json")
                .refused();
        assertTrue(
                called.err().contains("the radius of \"a,true,-3\" is invalid: '-3' is not a finite number"),
                called::err);
    }

    @Test
    void everyNumberWithAFractionIsChecked() {
        for (Class<?> type : Main.COMMANDS) {
            requireConverters(new CommandLine(type));
        }
    }

    private static void requireConverters(CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertTrue(
                    option.type() != Double.class || option.converters().length == 1,
                    () -> command.getCommandSpec().qualifiedName() + " " + option.longestName());
        }
        command.getSubcommands().values().forEach(UsageErrorTest::requireConverters);
    }

    @Test
    void pathsThatCannotBeAreNamed() {
        Called called =
                Called.copick("export", "mesh", "--mesh-uri", "x", "--output-dir", "a\u0000b", "-c", "copick.json");
        assertEquals(2, called.status());
        assertTrue(
                called.err().startsWith("copick: Invalid value for option '--output-dir': invalid path: Nul character"),
                called::err);
        assertEquals(
                "cannot name \"ü.png\" in the encoding of this locale, " + System.getProperty("sun.jnu.encoding")
                        + "; run the command with LC_ALL=C.UTF-8",
                FailureMessage.of(new InvalidPathException("ü.png", "Malformed input")));
    }

    @Test
    void anEmptyVariableIsNoName() {
        Called called = Called.copick("rm", "picks", "ribosome:me/1", "--run", "", "--force");
        assertEquals("copick: --run names no run; try 'copick rm --help'" + System.lineSeparator(), called.err());
        assertEquals(2, called.status());
        for (String[] line : new String[][] {
            {"rm", "picks", "", "--force"}, {"ls", " "}, {"add", "mesh", "", "--object-name", "m"}, {"demo", ""}
        }) {
            Called empty = Called.copick((Object[]) line);
            assertEquals(2, empty.status(), () -> String.join(" ", line));
            assertTrue(empty.err().contains(" is empty; try 'copick " + line[0]), empty::err);
        }
        assertTrue(Called.copick("export", "mesh", "--mesh-uri", "", "--output-dir", "x")
                .err()
                .startsWith("copick: --mesh-uri names nothing; try"));
    }

    @Test
    void filesWhoseNamesLookLikeOptionsAreNamedByTheirFolder() throws IOException {
        Path file = Files.createTempFile(Path.of(""), "-usage", ".mrc");
        try {
            assertEquals(
                    "copick: unknown option " + file + "; for the file of that name write ./" + file
                            + "; try 'copick add tomogram --help'",
                    Called.copick("add", "tomogram", file).err().strip());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void helpIsNoError() {
        for (String line : List.of("--help", "ls --help", "stats --help", "stats picks --help")) {
            Called called = Called.copick((Object[]) line.split(" "));
            assertEquals(0, called.status(), line);
            assertTrue(called.out().startsWith("Usage: copick"), called::out);
        }
    }

    @Test
    void namesThatAreFarFromAllAreNotGuessed() {
        assertEquals(Optional.empty(), Nearest.to("xyzzy", List.of("ls", "info", "manifest")));
        assertEquals(Optional.empty(), Nearest.to("-x", List.of("-c", "-h")));
        assertEquals(Optional.of("validate"), Nearest.to("valdiate", List.of("verify", "validate")));
        assertEquals(Optional.of("segmentation"), Nearest.to("seg", List.of("segmentation", "picks")));
    }
}
