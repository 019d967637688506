package org.copick.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.cli.output.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copick completion}: a script that completes the command's words in a shell. */
@Command(
        name = "completion",
        description = {
            "Print a script that completes commands and options in a shell.",
            "Add the first example to ~/.bashrc, or the second one to ~/.zshrc."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  source <(copick completion bash)", "  source <(copick completion zsh)"})
final class CompletionCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", description = "Shell to complete in.")
    private String shell = "";

    CompletionCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new CommandLine.ParameterException(commandLine, "no completion for " + shell + "; name bash or zsh");
        }
        PrintWriter out = commandLine.getOut();
        // picocli writes one script for both shells; zsh runs it through its bashcompinit
        out.print("# Completes copick in " + shell + ".\n");
        out.print(AutoComplete.bash("copick", CommandTree.whole()));
        out.flush();
        return ExitStatus.DONE;
    }
}
