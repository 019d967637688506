package org.copick.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.copick.cli.change.CpCommand;
import org.copick.cli.change.HideCommand;
import org.copick.cli.change.MvCommand;
import org.copick.cli.change.NewCommand;
import org.copick.cli.change.PromoteCommand;
import org.copick.cli.change.RmCommand;
import org.copick.cli.change.UnhideCommand;
import org.copick.cli.exchange.AddCommand;
import org.copick.cli.exchange.ExportCommand;
import org.copick.cli.look.DiffCommand;
import org.copick.cli.look.InfoCommand;
import org.copick.cli.look.LsCommand;
import org.copick.cli.look.ManifestCommand;
import org.copick.cli.look.MergeManifestsCommand;
import org.copick.cli.look.RenderCommand;
import org.copick.cli.look.StatsCommand;
import org.copick.cli.look.ValidateCommand;
import org.copick.cli.look.VerifyCommand;
import org.copick.cli.options.RunSelection;
import org.copick.cli.output.CommandVersion;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.FailureMessage;
import org.copick.cli.output.OutputLostException;
import org.copick.cli.output.Screen;
import org.copick.cli.output.StandardStreams;
import org.copick.cli.project.CacheCommand;
import org.copick.cli.project.ConfigCommand;
import org.copick.cli.project.CopyCommand;
import org.copick.cli.project.DemoCommand;
import org.copick.cli.project.IndexCommand;
import org.copick.cli.project.SyncCommand;
import org.copick.error.UrlSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The {@code copick} command: parses, runs, and turns failures into one line and an exit status. */
@Command(
        name = "copick",
        description = "Read and annotate cryo-electron-tomography datasets in the copick layout.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  copick demo",
            "  export COPICK_CONFIG=$PWD/copick-demo/copick.json",
            "  copick ls --long",
            "",
            "The commands' own examples use this demo project.",
            "",
            "Exit status: 0 done; 1 failed; 2 wrong usage; 3 a comparison found differences; 141 the reader of standard"
                    + " output closed the pipe."
        })
public final class Main implements Runnable {
    static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            InfoCommand.class,
            LsCommand.class,
            ManifestCommand.class,
            MergeManifestsCommand.class,
            VerifyCommand.class,
            RenderCommand.class,
            NewCommand.class,
            CopyCommand.class,
            CpCommand.class,
            MvCommand.class,
            RmCommand.class,
            DiffCommand.class,
            PromoteCommand.class,
            HideCommand.class,
            UnhideCommand.class,
            ConfigCommand.class,
            CacheCommand.class,
            StatsCommand.class,
            ValidateCommand.class,
            IndexCommand.class,
            SyncCommand.class,
            AddCommand.class,
            ExportCommand.class,
            CompletionCommand.class,
            ManPagesCommand.class,
            HelpCommand.class);

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration of the project, a path or URL, for the command that follows (default: the"
                    + " variable COPICK_CONFIG).")
    private @Nullable String config;

    @Option(
            names = "--debug",
            negatable = true,
            scope = ScopeType.INHERIT,
            description = "Stack trace of a failure on standard error (default: --no-debug).")
    private boolean debug;

    Main() {}

    @Option(
            names = {"-w", "--workers", "--max-workers"},
            paramLabel = "N",
            hidden = true,
            scope = ScopeType.INHERIT,
            description = "Number of workers in Python's copick. Accepted and ignored: threads follow the processors.")
    void ignoreWorkers(int workers) {
        if (workers < 1) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "the number of workers must be at least 1, not " + workers);
        }
    }

    public static void main(String[] arguments) {
        QuietLogging.choose();
        Screen screen = new Screen(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                StandardStreams.find());
        System.exit(run(screen.out(), screen.err(), arguments));
    }

    /** Runs one command line and returns the exit status. */
    public static int run(PrintWriter output, PrintWriter messages, String... arguments) {
        PrintWriter out = Screen.escaping(output);
        PrintWriter err = Screen.escaping(messages);
        Main main = new Main();
        CommandLine commandLine = CommandTree.forArguments(main, List.of(arguments))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, given) -> {
                    err.println(UrlSecrets.masked(UsageError.line(error, given)));
                    return ExitStatus.WRONG_USAGE;
                })
                .setExecutionStrategy(parsed -> {
                    UsageError.requireCommands(parsed);
                    try {
                        if (HelpPage.printIfRequested(parsed, out)) {
                            return ExitStatus.DONE;
                        }
                        UsageError.requireNames(parsed);
                        main.handConfigOn(parsed);
                        return ran(parsed, err);
                    } catch (OutputLostException e) {
                        return main.failed(e, parsed.commandSpec(), err);
                    }
                })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> main.failed(failure, command.getCommandSpec(), err));
        HelpPage.fit(commandLine, out);
        int status;
        try {
            status = commandLine.execute(arguments);
        } catch (Error e) {
            // picocli passes only exceptions, not errors, to its handlers
            status = main.failed(e, commandLine.getCommandSpec(), err);
        }
        try {
            out.flush();
        } catch (OutputLostException e) {
            return status == ExitStatus.DONE || status == ExitStatus.DIFFERENT
                    ? main.failed(e, commandLine.getCommandSpec(), err)
                    : status;
        }
        return status;
    }

    /** Runs the command, and then prints the warnings about its projects, whether it failed or not. */
    private static int ran(ParseResult parsed, PrintWriter err) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } finally {
            List<CommandLine> commands = parsed.asCommandLineList();
            commands.get(commands.size() - 1).getCommandSpec().mixins().values().stream()
                    .map(CommandSpec::userObject)
                    .filter(RunSelection.class::isInstance)
                    .flatMap(project -> ((RunSelection) project).warnings().stream())
                    .forEach(warning -> err.println("copick: " + warning));
        }
    }

    /** Prints the failure, and returns the exit status. */
    private int failed(Throwable failure, CommandSpec command, PrintWriter err) {
        OutputLostException lost = OutputLostException.behind(failure);
        if (lost != null && lost.closedByReader()) {
            return ExitStatus.PIPE_CLOSED;
        }
        err.println("copick: " + FailureMessage.withRemedy(lost == null ? failure : lost, command));
        if (debug) {
            FailureMessage.printTrace(failure, err);
        }
        return ExitStatus.FAILED;
    }

    /** Gives a configuration named before the command to the command. */
    private void handConfigOn(ParseResult parsed) {
        if (config == null) {
            return;
        }
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine command = commands.get(commands.size() - 1);
        OptionSpec option = command.getCommandSpec().findOption("-c");
        if (commands.size() > 1 && option == null) {
            throw new CommandLine.ParameterException(
                    command, command.getCommandName() + " works without a project; leave out --config");
        }
        if (commands.size() > 1 && command.getParseResult().hasMatchedOption(option)) {
            throw new CommandLine.ParameterException(
                    command, "--config is given twice, before and after " + command.getCommandName());
        }
        option.setValue(config);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "a command is needed");
    }
}
