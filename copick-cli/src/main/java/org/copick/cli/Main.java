package org.copick.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.copick.error.CopickException;
import org.copick.error.UrlSecrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code copick} command: parses, runs, and turns failures into one line and an exit status. */
@Command(
        name = "copick",
        description = "Read and annotate cryo-electron-tomography datasets in the copick layout.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 done, 1 failed, 2 wrong usage, 3 a comparison found differences, 141 the reader of standard"
                    + " output closed the pipe."
        })
public final class Main implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int DIFFERENT = 3;

    /** Exit status that shells report for programs that a closed pipe ended: 128 plus the number of SIGPIPE. */
    static final int PIPE_CLOSED = 141;

    static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            InfoCommand.class,
            LsCommand.class,
            ManifestCommand.class,
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
            StatsCommand.class,
            ValidateCommand.class,
            SyncCommand.class,
            AddCommand.class,
            ExportCommand.class);

    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    Main() {}

    public static void main(String[] arguments) {
        QuietLogging.choose();
        Screen screen = new Screen(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                StandardStreams.find());
        System.exit(run(screen.out(), screen.err(), arguments));
    }

    /** Runs one command line and returns the exit status. */
    static int run(PrintWriter output, PrintWriter messages, String... arguments) {
        PrintWriter out = Screen.escaping(output);
        PrintWriter err = Screen.escaping(messages);
        Main main = new Main();
        CommandLine commandLine = commandLine(main, List.of(arguments))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((error, given) -> {
                    err.println(UrlSecrets.masked(UsageError.line(error, given)));
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionStrategy(parsed -> {
                    UsageError.requireCommands(parsed);
                    UsageError.requireNames(parsed);
                    try {
                        return new CommandLine.RunLast().execute(parsed);
                    } catch (OutputLostException e) {
                        return main.failed(e, parsed.commandSpec(), err);
                    }
                })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> main.failed(failure, command.getCommandSpec(), err));
        int status;
        try {
            status = commandLine.execute(arguments);
        } catch (Error e) {
            // picocli itself hands out exceptions of commands only
            status = main.failed(e, commandLine.getCommandSpec(), err);
        }
        try {
            out.flush();
        } catch (OutputLostException e) {
            return status == DONE || status == DIFFERENT ? main.failed(e, commandLine.getCommandSpec(), err) : status;
        }
        return status;
    }

    /** Says what went wrong, and returns the exit status. */
    private int failed(Throwable failure, CommandSpec command, PrintWriter err) {
        OutputLostException lost = OutputLostException.behind(failure);
        if (lost != null && lost.closedByReader()) {
            return PIPE_CLOSED;
        }
        String remedy = failure instanceof CopickException known ? Remedy.after(known, command) : "";
        err.println("copick: " + message(lost == null ? failure : lost) + remedy);
        if (debug) {
            trace(failure, err);
        }
        return FAILED;
    }

    /** Prints a stack trace, whose messages are one line each and whose tabs are meant. */
    private static void trace(Throwable failure, PrintWriter err) {
        failure.printStackTrace(new PrintWriter(err) {
            @Override
            public void println(@Nullable Object line) {
                err.println(String.valueOf(line).replaceFirst("^\t+", "    "));
            }
        });
    }

    /**
     * Only the command that comes first is built, because picocli's reflection over all of them takes longer than most
     * commands. Where none comes first, those that the arguments may mean are built, and the others are there with what
     * the help says of them.
     */
    private static CommandLine commandLine(Main main, List<String> arguments) {
        CommandLine commandLine = new CommandLine(main);
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        for (Class<?> type : COMMANDS) {
            if (name(type).equals(first)) {
                return commandLine.addSubcommand(first, type);
            }
        }
        boolean inFiles = arguments.stream().anyMatch(argument -> argument.startsWith("@"));
        for (Class<?> type : COMMANDS) {
            Command command = Objects.requireNonNull(type.getAnnotation(Command.class));
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

    /** Returns a command's name without reading its annotation. */
    static String name(Class<?> command) {
        return command.getSimpleName().replace("Command", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "a command is needed");
    }

    /** A message for a person, not yet escaped; what is not one of ours is named by its type as well. */
    static String message(Throwable failure) {
        String known = UrlSecrets.masked(Objects.requireNonNullElse(failure.getMessage(), ""));
        if (failure instanceof CopickException
                || failure instanceof CommandFailure
                || failure instanceof OutputLostException) {
            return known;
        }
        if (failure instanceof InvalidPathException path) {
            return isAscii(path.getInput())
                    ? "invalid path: " + known
                    : "cannot name \"" + path.getInput() + "\" in the encoding of this locale, "
                            + System.getProperty("sun.jnu.encoding") + "; run the command with LC_ALL=C.UTF-8";
        }
        if (failure instanceof OutOfMemoryError) {
            return "the heap is too small for this; set a larger one with JAVA_OPTS=-Xmx4g";
        }
        return "unexpected " + failure.getClass().getSimpleName()
                + (known.isEmpty() ? "" : ": " + Printable.joined(known)) + "; run again with --debug to see where";
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"copick " + text()};
        }

        static String text() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(development)" : version;
        }
    }
}
