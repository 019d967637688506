package org.copick.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Builds picocli's model of the command and its subcommands. */
final class CommandTree {
    private CommandTree() {}

    /**
     * Builds only the command that is the first argument. Building all of them by reflection takes longer than most
     * commands run.
     *
     * <p>If the first argument is not a command, for example an option, this builds every command that the arguments
     * name, or all of them if arguments come from files ({@code @FILE}). The other commands get a stand-in with their
     * description, which the help lists.
     */
    static CommandLine forArguments(Main main, List<String> arguments) {
        CommandLine commandLine = new CommandLine(main);
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        for (Class<?> type : Main.COMMANDS) {
            if (annotation(type).name().equals(first)) {
                return commandLine.addSubcommand(first, type);
            }
        }
        boolean inFiles = arguments.stream().anyMatch(argument -> argument.startsWith("@"));
        for (Class<?> type : Main.COMMANDS) {
            Command command = annotation(type);
            if (inFiles || arguments.contains(command.name())) {
                commandLine.addSubcommand(command.name(), type);
            } else {
                CommandSpec named = CommandSpec.create();
                named.usageMessage().description(command.description());
                commandLine.addSubcommand(command.name(), named);
            }
        }
        return commandLine;
    }

    /** Builds all commands. */
    static CommandLine whole() {
        CommandLine commandLine = new CommandLine(new Main());
        Main.COMMANDS.forEach(type -> commandLine.addSubcommand(annotation(type).name(), type));
        return commandLine;
    }

    private static Command annotation(Class<?> command) {
        return Objects.requireNonNull(command.getAnnotation(Command.class));
    }
}
