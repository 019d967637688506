package org.copick.cli;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes the one line that reports an invalid command line. */
final class UsageError {
    /** Picocli's message for a path that Java cannot express; its exception has no cause. */
    private static final Pattern NO_PATH =
            Pattern.compile("(.*: )cannot convert '(.*)' to .*InvalidPathException: ([^:]*).*", Pattern.DOTALL);

    private UsageError() {}

    /**
     * The line.
     *
     * @param arguments all that were given
     */
    static String line(ParameterException error, String... arguments) {
        CommandSpec spec = error.getCommandLine().getCommandSpec();
        String text = Printable.line(String.valueOf(error.getMessage()));
        Matcher path = NO_PATH.matcher(text);
        if (path.matches()) {
            text = path.group(1) + Main.message(new InvalidPathException(path.group(2), path.group(3)));
        } else if (error instanceof UnmatchedArgumentException unmatched) {
            text = unmatched(spec, unmatched.getUnmatched().get(0));
        } else if (error instanceof MissingParameterException) {
            // most likely it was not left out but misspelt
            text = misspelt(spec, arguments)
                    .map(option -> unmatched(spec, option))
                    .orElse(text);
        }
        return "copick: " + Printable.line(text) + "; try '" + spec.qualifiedName() + " --help'";
    }

    private static Optional<String> misspelt(CommandSpec spec, String... arguments) {
        List<String> known = options(spec, true);
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(option -> !known.contains(option))
                .findFirst();
    }

    private static List<String> options(CommandSpec spec, boolean hiddenToo) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (hiddenToo || !option.hidden()) {
                names.addAll(List.of(option.names()));
                if (option.negatable()) {
                    names.add(option.longestName().replaceFirst("^--", "--no-"));
                }
            }
        }
        return names;
    }

    /** Refuses commands that do not exist also where help is asked for, which picocli shows for the others. */
    static void requireCommands(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            List<String> unmatched = command.getParseResult().unmatched();
            if (!command.getSubcommands().isEmpty()
                    && !unmatched.isEmpty()
                    && !unmatched.get(0).startsWith("-")) {
                throw new UnmatchedArgumentException(command, unmatched);
            }
        }
    }

    private static String unmatched(CommandSpec spec, String argument) {
        List<String> known = List.of();
        String text;
        if (argument.startsWith("-")) {
            text = "unknown option " + argument;
            known = options(spec, false);
        } else if (!spec.subcommands().isEmpty()) {
            text = "no command " + argument;
            known = List.copyOf(spec.subcommands().keySet());
        } else {
            text = "unexpected argument " + argument;
        }
        Optional<String> nearest = Nearest.to(argument, known);
        return nearest.isEmpty() ? text : text + " (did you mean " + nearest.get() + "?)";
    }
}
