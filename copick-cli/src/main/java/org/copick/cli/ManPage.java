package org.copick.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.copick.cli.output.CommandVersion;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page in the language of {@code man}, made from picocli's model of a command. */
final class ManPage {
    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** Returns the pages of a command and all its subcommands. */
    static List<ManPage> all(CommandLine commandLine) {
        List<ManPage> pages = new ArrayList<>();
        collect(commandLine, pages);
        return pages;
    }

    private static void collect(CommandLine commandLine, List<ManPage> pages) {
        commandLine.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        pages.add(new ManPage(commandLine.getCommandSpec()));
        for (CommandLine subcommand : subcommands(commandLine)) {
            collect(subcommand, pages);
        }
    }

    private static Set<CommandLine> subcommands(CommandLine commandLine) {
        return new LinkedHashSet<>(commandLine.getSubcommands().values());
    }

    /** Returns the name of the page's file, such as {@code copick-export-picks.1}. */
    String fileName() {
        return name() + ".1";
    }

    private String name() {
        return command.qualifiedName("-");
    }

    /** Returns the page. */
    String text() {
        page.setLength(0);
        String[] description = command.usageMessage().description();
        page.append(".TH \"" + name().toUpperCase(Locale.ROOT) + "\" 1 \"\" \"copick " + CommandVersion.text()
                + "\" \"copick\"\n");
        section("NAME");
        line(command.qualifiedName() + " \\- " + escaped(description[0].replaceFirst("\\.$", "")));
        section("SYNOPSIS");
        verbatim(command.commandLine().getHelp().synopsis(0));
        section("DESCRIPTION");
        for (String paragraph : description) {
            page.append(".PP\n");
            line(escaped(String.format(paragraph)));
        }
        arguments();
        commands();
        String[] footer = command.usageMessage().footer();
        if (footer.length > 0) {
            section("NOTES");
            verbatim(String.format(String.join("\n", footer)).strip());
        }
        if (command.parent() != null) {
            section("SEE ALSO");
            line(".BR " + command.parent().qualifiedName("-") + " (1)");
        }
        return page.toString();
    }

    private void arguments() {
        section("OPTIONS");
        for (PositionalParamSpec argument : command.positionalParameters()) {
            argument(argument, argument.paramLabel());
        }
        List<OptionSpec> options = new ArrayList<>(command.options());
        options.sort(Comparator.comparing(OptionSpec::longestName));
        for (OptionSpec option : options) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                String value =
                        option.arity().max() == 0 ? "" : (names.endsWith("-o") ? " " : "=") + option.paramLabel();
                argument(option, (option.negatable() ? names.replaceFirst("--", "--[no-]") : names) + value);
            }
        }
    }

    private void argument(ArgSpec argument, String label) {
        page.append(".TP\n");
        line("\\fB" + escaped(label) + "\\fR");
        for (String text : argument.description()) {
            line(escaped(
                    String.format(text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString())))));
        }
    }

    private void commands() {
        Set<CommandLine> subcommands = subcommands(command.commandLine());
        if (!subcommands.isEmpty()) {
            section("COMMANDS");
            for (CommandLine subcommand : subcommands) {
                CommandSpec spec = subcommand.getCommandSpec();
                page.append(".TP\n");
                line(".BR " + spec.qualifiedName("-") + " (1)");
                line(escaped(spec.usageMessage().description()[0]));
            }
        }
    }

    private void section(String title) {
        page.append(".SH " + title + "\n");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void verbatim(String text) {
        page.append(".nf\n");
        text.lines().forEach(each -> line(each.isEmpty() ? ".sp" : escaped(each)));
        page.append(".fi\n");
    }

    /** Escapes text that troff would read as a request, and hyphens, so that copied options contain plain ones. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
