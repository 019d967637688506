package org.copick.cli.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.copick.Copick;
import org.copick.CopickContext;
import org.copick.LayerScope;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.entity.EntityKey;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the project that a command works on, and for its runs. */
public final class ProjectOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration of the project, as a path or URL (default: the variable COPICK_CONFIG).")
    private @Nullable String config;

    @Option(
            names = {"-r", "--run", "--run-names"},
            paramLabel = "RUN[,RUN]",
            description =
                    "Runs to work on, separated by commas; repeatable. A value that is the whole name of a run is not"
                            + " split (default: all runs).")
    private List<String> runs = new ArrayList<>();

    public ProjectOptions() {}

    /** Adds to the runs that the command is limited to. */
    public void addRuns(List<String> names) {
        runs.addAll(names);
    }

    /** Returns whether the option {@code --config} was given. */
    public boolean isGiven() {
        return config != null;
    }

    /** Opens the project. */
    public Root open() {
        return Copick.open(file());
    }

    /** Opens the project in a given context, such as one that reports reads. */
    public Root open(CopickContext context) {
        return context.open(file());
    }

    private String file() {
        String file = config != null ? config : System.getenv("COPICK_CONFIG");
        if (file == null || file.isEmpty()) {
            throw new InvalidConfigException(
                    "no project given; name its configuration with -c FILE or in COPICK_CONFIG");
        }
        return file;
    }

    /** Returns the runs that {@code --run} names, in its order, or else all runs of the project. */
    public List<Run> runs(Root root) {
        return runs(root, false);
    }

    /**
     * Returns the runs that {@code --run} names, in its order, or else all runs of the project.
     *
     * @param create whether to create named runs that do not exist
     */
    public List<Run> runs(Root root, boolean create) {
        if (!namesRuns()) {
            return root.runs();
        }
        Map<String, Run> named = new LinkedHashMap<>();
        for (String text : runs) {
            Optional<Run> whole = text.contains(",") ? root.findRun(text) : Optional.empty();
            for (String name : whole.isPresent() ? List.of(text) : split(text)) {
                if (create) {
                    named.computeIfAbsent(name, n -> root.newRun(n, OnExisting.REUSE));
                } else {
                    named(root, name).forEach(run -> named.putIfAbsent(run.name(), run));
                }
            }
        }
        return List.copyOf(named.values());
    }

    /** Returns the run with a name; in the CryoET Data Portal all runs to which the portal gives that name. */
    private static List<Run> named(Root root, String name) {
        Optional<Run> exact = root.findRun(name);
        if (exact.isPresent()) {
            return List.of(exact.get());
        }
        List<Run> inPortal = root.config().configType().equals("cryoet_data_portal")
                ? root.runs().stream()
                        .filter(run -> name.equals(run.metadata().get("portal_run_name")))
                        .toList()
                : List.of();
        return inPortal.isEmpty() ? List.of(root.run(name)) : inPortal;
    }

    /** Returns the names that {@code --run} gives, all values split at commas. */
    public List<String> runNames() {
        return runs.stream().flatMap(text -> split(text).stream()).distinct().toList();
    }

    /** Returns whether a key is in a selected run; without {@code --run} everything is, density maps included. */
    public boolean names(EntityKey key) {
        return !namesRuns()
                || (key instanceof EntityKey.InRun inRun
                        && (runs.contains(inRun.run()) || runNames().contains(inRun.run())));
    }

    /**
     * Returns the selected part of the project, for walks through its layers.
     *
     * @param unread notified of read failures
     */
    public LayerScope scope(LayerScope.Unread unread) {
        return new LayerScope(name -> names(new EntityKey.Run(name)), !namesRuns(), unread);
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns whether {@code --run} names any run. */
    public boolean namesRuns() {
        return !runNames().isEmpty();
    }
}
