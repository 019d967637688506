package org.copick.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.copick.cli.options.RunSelection;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Tests of the help texts of every command: descriptions, defaults, and examples that parse. */
final class HelpTextsTest {
    private static final String EXAMPLES = "Examples:";

    /** Longest first sentence of a command, in characters: fits beside its name in a list of 80 columns. */
    private static final int LONGEST_SUMMARY = 68;

    private static final int FEWEST_EXAMPLES = 2;

    /** A word on a shell command line: quoted and unquoted parts. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

    @TestFactory
    Stream<DynamicTest> everyCommandDescribesItself() {
        return commands()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    String[] description = command.usageMessage().description();
                    assertTrue(description.length > 0, "no description");
                    assertTrue(description[0].matches("[A-Z][^.]*\\."), () -> "not one sentence: " + description[0]);
                    assertTrue(
                            description[0].length() <= LONGEST_SUMMARY, () -> "too long for a list: " + description[0]);
                    for (String paragraph : description) {
                        assertTrue(paragraph.endsWith("."), paragraph);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyOptionIsANounWithItsDefault() {
        return commands()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    for (ArgSpec argument : command.args()) {
                        String text = String.join(" ", argument.description());
                        String named = argument.paramLabel() + ": " + text;
                        assertTrue(text.strip().split("\\s+").length > 1, named);
                        assertTrue(text.matches("(?s).*[.)]"), named);
                        if (argument instanceof OptionSpec option && !isStandard(option) && !option.hidden()) {
                            named = option.longestName() + ": " + text;
                            assertEquals(option.required(), text.contains("(required)"), named);
                            assertEquals(!option.required(), text.contains("(default: "), named);
                        }
                        if (argument.defaultValue() != null) {
                            assertTrue(text.contains("(default: "), named);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandHasExamplesThatParse() {
        return commands()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    List<String> examples = examples(command);
                    assertTrue(examples.size() >= FEWEST_EXAMPLES, () -> "too few examples: " + examples);
                    for (String example : examples) {
                        assertTrue((example + " ").startsWith(command.qualifiedName() + " "), example);
                        List<String> words = words(example);
                        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
                        CommandLine.ParseResult parsed = assertDoesNotThrow(() -> tree().parseArgs(arguments), example);
                        for (CommandLine line : parsed.asCommandLineList()) {
                            assertEquals(List.of(), line.getParseResult().unmatched(), example);
                        }
                        assertDoesNotThrow(() -> UsageError.requireNames(parsed), example);
                    }
                }));
    }

    /** Checks that no example is wrapped, because it could not be copied. */
    @TestFactory
    Stream<DynamicTest> examplesFitIntoTheirLines() {
        return commands()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> {
                    List<String> shown =
                            command.commandLine().getUsageMessage().lines().toList();
                    for (String line : command.usageMessage().footer()) {
                        assertTrue(!line.startsWith("  ") || shown.contains(line), line);
                    }
                }));
    }

    /** Main prints the warnings about projects that these options open. */
    @Test
    void commandsThatOpenAProjectHaveItsOptionsAsMixin() {
        List<CommandSpec> opening = commands()
                .filter(command -> command.findOption("--run-names") != null)
                .toList();
        assertFalse(opening.isEmpty());
        for (CommandSpec command : opening) {
            assertTrue(
                    command.mixins().values().stream().anyMatch(mixin -> mixin.userObject() instanceof RunSelection),
                    name(command));
        }
    }

    @Test
    void theListOfCommandsHasOneSentenceForEach() {
        String help = Called.copick("--help").succeeded().out();
        for (Class<?> type : Main.COMMANDS) {
            Command command = Objects.requireNonNull(type.getAnnotation(Command.class));
            String[] description = command.description();
            String flat = help.replaceAll("\\s+", " ");
            assertTrue(flat.contains(command.name() + " " + description[0]), command.name());
            if (description.length > 1) {
                assertFalse(flat.contains(description[1]), command.name());
            }
        }
    }

    private static boolean isStandard(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName();
    }

    /** Returns the root command with all subcommands. */
    private static CommandLine tree() {
        return CommandTree.whole().setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Stream<CommandSpec> commands() {
        List<CommandSpec> found = new ArrayList<>();
        collect(tree(), found);
        return found.stream().filter(command -> !command.root().equals(command));
    }

    private static void collect(CommandLine command, List<CommandSpec> found) {
        found.add(command.getCommandSpec());
        command.getSubcommands().values().forEach(below -> collect(below, found));
    }

    /** Returns the examples of a command; a backslash at the end of a line joins it with the next. */
    private static List<String> examples(CommandSpec command) {
        List<String> footer = List.of(command.usageMessage().footer());
        assertTrue(footer.contains(EXAMPLES), () -> "no " + EXAMPLES);
        String lines = String.join("\n", footer.subList(footer.indexOf(EXAMPLES) + 1, footer.size()));
        return lines.replaceAll("\\\\\\n\\s*", "")
                .lines()
                .map(line -> line.strip().replaceFirst("^source <\\((.*)\\)$", "$1"))
                .filter(line -> line.startsWith("copick "))
                .toList();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("['\"]", ""));
        }
        return words;
    }
}
