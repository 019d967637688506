package org.copick.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copick help}: the help of another command. */
@Command(
        name = "help",
        description = "Show the help of a command.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick help ls", "  copick help export picks"})
final class HelpCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "Command and subcommand (default: copick itself).")
    private List<String> command = new ArrayList<>();

    HelpCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        return Main.run(commandLine.getOut(), commandLine.getErr(), arguments.toArray(String[]::new));
    }
}
