package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.copick.cli.project.SampleProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, completion, manual pages, and the options that scripts of Python's copick pass. */
final class HelpTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ls", "export picks", "config filesystem", "help", "completion"})
    void helpIsACommandToo(String command) {
        String[] words = ("help " + command).split(" ", -1);
        assertEquals(Called.copick((Object[]) (command + " --help").split(" ", -1)), Called.copick((Object[]) words));
        assertTrue(Called.copick((Object[]) words).succeeded().out().startsWith("Usage: copick " + command));
        assertEquals(Called.copick("--help"), Called.copick("help"));
    }

    @Test
    void helpOfNoCommandIsWrongUsage() {
        assertEquals(2, Called.copick("help", "lss").status());
        assertEquals(
                "copick: no command lss (did you mean ls?); try 'copick --help'",
                Called.copick("help", "lss").err().strip());
    }

    @Test
    void theProjectMayBeNamedBeforeTheCommand() throws IOException {
        SampleProject.unpack(folder);
        Path config = folder.resolve("copick.json");
        Called after = Called.copick("ls", "-c", config).succeeded();
        assertEquals(after, Called.copick("-c", config, "ls"));
        assertEquals(after, Called.copick("--config=" + config, "--debug", "ls"));
        assertEquals(
                Called.copick("stats", "picks", "-c", config).succeeded(),
                Called.copick("-c", config, "stats", "picks"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c a ls -c b|--config is given twice, before and after ls; try 'copick ls --help'",
                "-c a demo|demo works without a project; leave out --config; try 'copick demo --help'",
                "-c a config filesystem --overlay-root x --config y|filesystem works without a project; leave out --config;"
                        + " try 'copick config filesystem --help'",
                "completion fish|no completion for fish; name bash or zsh; try 'copick completion --help'",
                "ls -w 0|the number of workers must be at least 1, not 0; try 'copick --help'",
                "browse|no browse here: copick ls lists a project, copick info sums it up; try 'copick --help'",
                "add picks-relion x.star|no picks-relion here: copick add picks reads RELION's STAR files;"
                        + " try 'copick add --help'",
                "export tomogram --tomogram-uri a --output-dir b --output-format zarr --compression lzw|no --compression here:"
                        + " it belongs to TIFF, which this command does not write; try 'copick export tomogram --help'"
            })
    void refusalsNameTheReason(String arguments, String message) {
        Called refused = Called.copick((Object[]) arguments.split(" ", -1));
        assertEquals("copick: " + message, refused.err().strip());
        assertEquals(2, refused.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls -w 4 --no-debug",
                "ls --max-workers 4 --run-names TS_001",
                "stats picks --parallel --workers 12 --output json",
                "stats picks --no-parallel --runs TS_001",
                "new run TS_new --create --no-overwrite"
            })
    void optionsOfPythonsScriptsAreTaken(String command) throws IOException {
        SampleProject.unpack(folder);
        Called.copick((Object[]) (command + " -c " + folder.resolve("copick.json")).split(" ", -1))
                .succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionKnowsEveryCommandAndOption(String shell) {
        String script = Called.copick("completion", shell).succeeded().out();
        CommandLine whole = CommandTree.whole();
        for (CommandLine command : whole.getSubcommands().values()) {
            assertTrue(script.contains(command.getCommandName()), command.getCommandName());
        }
        for (String option : List.of("--long", "--picks-uri", "--tomogram-uri", "--overlay-root")) {
            assertTrue(script.contains("'" + option + "'"), option);
        }
    }

    @Test
    void everyCommandHasAManualPage() throws IOException {
        Path target = folder.resolve("man1");
        Called.copick("man-pages", target).succeeded();
        try (Stream<Path> files = Files.list(target)) {
            TreeSet<String> names = new TreeSet<>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            TreeSet<String> expected = new TreeSet<>();
            collect(CommandTree.whole(), expected);
            assertEquals(expected, names);
        }
        String page = Files.readString(target.resolve("copick-export-picks.1"));
        assertTrue(page.startsWith(".TH \"COPICK-EXPORT-PICKS\" 1 "), page);
        for (String part : List.of(
                ".SH NAME\ncopick export picks \\- ", "\\fB\\-\\-picks\\-uri=URI\\fR", ".BR copick-export (1)")) {
            assertTrue(page.contains(part), part + " in " + page);
        }
        assertTrue(Called.copick("man-pages", target.resolve("copick.1"))
                .refused()
                .err()
                .contains("copick.1"));
    }

    private static void collect(CommandLine command, Set<String> pages) {
        pages.add(command.getCommandSpec().qualifiedName("-") + ".1");
        command.getSubcommands().values().forEach(each -> collect(each, pages));
    }
}
