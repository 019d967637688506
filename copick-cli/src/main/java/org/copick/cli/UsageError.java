package org.copick.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.Printable;
import org.copick.internal.names.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one-line message that reports an invalid command line. */
final class UsageError {
    /** Picocli's message for an invalid path; its exception has no cause to inspect. */
    private static final Pattern NO_PATH =
            Pattern.compile("(.*: )cannot convert '(.*)' to .*InvalidPathException: ([^:]*).*", Pattern.DOTALL);

    /** The label of an option whose value is a comma-separated list. */
    private static final Pattern LIST = Pattern.compile("(.+?)\\[?,\\1]?");

    private static final String URI = "URI";

    /** A label that a message can use as a noun; URI is too general. */
    private static final Pattern NOUN = Pattern.compile("(?!" + URI + ")[A-Z]{3,}");

    private UsageError() {}

    /**
     * Returns the message.
     *
     * @param arguments all arguments of the command line
     */
    static String line(ParameterException error, String... arguments) {
        CommandSpec spec = error.getCommandLine().getCommandSpec();
        String text = Printable.joined(String.valueOf(error.getMessage()));
        Matcher path = NO_PATH.matcher(text);
        if (path.matches()) {
            text = path.group(1) + FailureMessage.of(new InvalidPathException(path.group(2), path.group(3)));
        } else if (error instanceof UnmatchedArgumentException unmatched) {
            text = unmatched(spec, unmatched.getUnmatched().get(0));
        } else if (error instanceof MissingParameterException) {
            // a missing option was probably misspelt
            text = misspelt(spec, arguments)
                    .map(option -> unmatched(spec, option))
                    .orElse(text);
        }
        return "copick: " + text + "; try '" + spec.qualifiedName() + " --help'";
    }

    private static Optional<String> misspelt(CommandSpec spec, String... arguments) {
        List<String> known = options(spec, true);
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.startsWith("--") || (argument.startsWith("-") && isFile(argument)))
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

    /** Refuses unknown commands even if help is requested, which picocli would show for the known part. */
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

    /** Refuses empty arguments and lists: an empty variable in a script must not select everything. */
    static void requireNames(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            for (OptionSpec option : command.getParseResult().matchedOptions()) {
                Matcher list = LIST.matcher(option.paramLabel());
                boolean isList = list.matches()
                        || option.isMultiValue()
                        || option.paramLabel().equals(URI);
                if (isList && option.originalStringValues().stream().anyMatch(UsageError::namesNothing)) {
                    String name = Arrays.stream(option.names())
                            .filter(each -> each.startsWith("--"))
                            .findFirst()
                            .orElse(option.longestName());
                    String what = list.matches() ? list.group(1) : option.paramLabel();
                    throw new ParameterException(
                            command,
                            name + " names "
                                    + (NOUN.matcher(what).matches()
                                            ? "no " + what.toLowerCase(Locale.ROOT)
                                            : "nothing"));
                }
            }
            for (PositionalParamSpec argument : command.getParseResult().matchedPositionals()) {
                // the library checks the names of new entities by its own rules
                if (!argument.paramLabel().equals("NAME")
                        && argument.originalStringValues().stream().anyMatch(String::isBlank)) {
                    throw new ParameterException(command, argument.paramLabel() + " is empty");
                }
            }
        }
    }

    /** Returns whether a word that looks like an option is the name of a file. */
    private static boolean isFile(String argument) {
        try {
            return Files.exists(Path.of(argument));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean namesNothing(String value) {
        return value.chars().allMatch(c -> c == ',' || Character.isWhitespace(c));
    }

    private static String unmatched(CommandSpec spec, String argument) {
        Optional<String> reason = PythonNames.reason(spec, argument);
        if (reason.isPresent()) {
            return "no " + argument.replaceFirst("=.*", "") + " here: " + reason.get();
        }
        List<String> known = List.of();
        String text;
        if (argument.startsWith("-")) {
            text = "unknown option " + argument
                    + (isFile(argument) ? "; for the file of that name write ./" + argument : "");
            known = options(spec, false);
        } else if (!spec.subcommands().isEmpty()) {
            text = "no command " + argument;
            known = List.copyOf(spec.subcommands().keySet());
        } else {
            text = "unexpected argument " + argument;
        }
        Optional<String> nearest = isFile(argument) ? Optional.empty() : Nearest.to(argument, known);
        return nearest.isEmpty() ? text : text + " (did you mean " + nearest.get() + "?)";
    }
}
