package org.copick.cli.change;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.copick.AnnotationId;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.VoxelSpacing;
import org.copick.cli.options.Author;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.copick.cli.walk.Comparison;
import org.copick.error.AlreadyExistsException;
import org.copick.picks.PicksDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copick new}: creates empty entities in the overlay. */
@Command(
        name = "new",
        description = "Create runs, voxel spacings and picks in the overlay.",
        mixinStandardHelpOptions = true,
        subcommands = {NewCommand.NewRun.class, NewCommand.NewVoxelSpacing.class, NewCommand.NewPicks.class})
public final class NewCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    NewCommand() {}

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "say what to create: run, voxelspacing or picks");
    }

    /** Options and output that creating has in common. */
    private abstract static sealed class Creation implements Callable<Integer> {
        @CommandLine.Spec
        CommandLine.Model.@Nullable CommandSpec spec;

        @Mixin
        ProjectOptions project = new ProjectOptions();

        @Option(
                names = "--overwrite",
                negatable = true,
                description =
                        "Accept what exists already, unchanged. Default: picks and voxel spacings that are still empty"
                                + " are accepted, anything else that exists is refused.")
        boolean overwrite;

        OnExisting onExisting() {
            return overwrite ? OnExisting.REUSE : OnExisting.FAIL;
        }

        /** Accepts an entity that is as a new one would be, so that what was interrupted can be repeated. */
        static <E extends Entity> void accept(
                PrintWriter out, E existing, Predicate<E> isNew, AlreadyExistsException otherwise) {
            if (!Comparison.isEqual(() -> isNew.test(existing))) {
                throw otherwise;
            }
            Printable.writtenRow(out, true, existing.location());
        }

        abstract void create(Root root, PrintWriter out);

        @Override
        public Integer call() {
            try (Root root = project.open()) {
                PrintWriter out =
                        java.util.Objects.requireNonNull(spec).commandLine().getOut();
                create(root, out);
            }
            return ExitStatus.DONE;
        }
    }

    /** {@code copick new run}. */
    @Command(name = "run", description = "Create a run.", mixinStandardHelpOptions = true)
    static final class NewRun extends Creation {
        @Option(
                names = "--create",
                hidden = true,
                description = "The default of Python's copick. Accepted and ignored: the run is always created.")
        void ignoreCreate(boolean ignored) {}

        @Parameters(paramLabel = "NAME", description = "The run's name.")
        private String name = "";

        @Override
        void create(Root root, PrintWriter out) {
            out.println(root.newRun(name, onExisting()).location());
        }
    }

    /** {@code copick new voxelspacing}. */
    @Command(
            name = "voxelspacing",
            description = "Create a voxel spacing in the runs given by --run, or in all.",
            mixinStandardHelpOptions = true)
    static final class NewVoxelSpacing extends Creation {
        @Parameters(paramLabel = "SPACING", description = "The voxel size in Å; rounded to 0.001.")
        private double spacing;

        @Option(
                names = "--create",
                negatable = true,
                defaultValue = "true",
                fallbackValue = "true",
                description = "Create a named run that does not exist; on by default.")
        private boolean create;

        @Override
        void create(Root root, PrintWriter out) {
            for (Run run : project.runs(root, create)) {
                try {
                    out.println(run.newVoxelSpacing(spacing, onExisting()).location());
                } catch (AlreadyExistsException e) {
                    accept(out, run.voxelSpacing(spacing), NewVoxelSpacing::isEmpty, e);
                }
            }
        }

        private static boolean isEmpty(VoxelSpacing spacing) {
            return spacing.tomograms().isEmpty() && spacing.unparsableNames().isEmpty();
        }
    }

    /** {@code copick new picks}. */
    @Command(
            name = "picks",
            description = "Create empty picks in the runs given by --run, or in all.",
            mixinStandardHelpOptions = true)
    static final class NewPicks extends Creation {
        @Option(names = "--particle-name", required = true, paramLabel = "OBJECT", description = "The object to pick.")
        private String object = "";

        private static final String NO_SESSION = "0";

        @Option(names = "--out-user", paramLabel = "USER", description = Author.USER_HELP)
        private @Nullable String user;

        @Option(names = "--out-session", paramLabel = "SESSION", description = Author.SESSION_HELP + NO_SESSION + ".")
        private @Nullable String session;

        @Override
        void create(Root root, PrintWriter out) {
            Author author = Author.of(root, user, session, NO_SESSION);
            for (Run run : project.runs(root)) {
                try {
                    out.println(run.newPicks(
                                    AnnotationId.of(object).user(author.user()).session(author.session()), onExisting())
                            .location());
                } catch (AlreadyExistsException e) {
                    PicksDocument empty = PicksDocument.empty(object, author.user(), author.session(), run.name());
                    accept(
                            out,
                            run.findPicks(AnnotationId.of(object)
                                            .user(author.user())
                                            .session(author.session()))
                                    .orElseThrow(() -> e),
                            picks -> picks.document().equals(empty),
                            e);
                }
            }
        }
    }
}
