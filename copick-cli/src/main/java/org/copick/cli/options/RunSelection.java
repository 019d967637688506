package org.copick.cli.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.copick.Copick;
import org.copick.CopickContext;
import org.copick.LayerScope;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.entity.EntityKind;
import org.copick.error.InvalidConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the project that a command works on, and for its runs. */
public abstract sealed class RunSelection permits ProjectOptions, WalkOptions {
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

    private final List<Root> opened = new ArrayList<>();

    RunSelection() {}

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
        return kept(Copick.open(file()));
    }

    /** Opens the project in a given context, such as one that reports reads. */
    public Root open(CopickContext context) {
        return kept(context.open(file()));
    }

    /** Opens another project that the command works on, too. */
    public Root openOther(CopickContext context, String configuration) {
        return kept(context.open(configuration));
    }

    private Root kept(Root root) {
        opened.add(root);
        return root;
    }

    /** Returns the warnings about the projects that were opened, also after these were closed, each once. */
    public List<String> warnings() {
        return opened.stream()
                .flatMap(root -> root.warnings().stream())
                .distinct()
                .toList();
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
            boolean isWhole = text.contains(",") && !root.runsNamed(text).isEmpty();
            for (String name : isWhole ? List.of(text) : split(text)) {
                named(root, name, create).forEach(run -> named.putIfAbsent(run.name(), run));
            }
        }
        return List.copyOf(named.values());
    }

    private static List<Run> named(Root root, String name, boolean create) {
        List<Run> found = root.runsNamed(name);
        if (!found.isEmpty()) {
            return found;
        }
        return List.of(create ? root.newRun(name, OnExisting.REUSE) : root.run(name));
    }

    /**
     * Returns the names of the runs that {@code --run} gives, all values split at commas. Names that a catalogue gives to
     * runs are replaced by the names of those; others, such as those of runs to create, stay as they are.
     */
    public List<String> runNames(Root root) {
        return givenNames().flatMap(name -> namesOf(root, name)).distinct().toList();
    }

    /**
     * Returns the selected part of the project, for walks through its layers; without {@code --run} all of it, density
     * maps included.
     *
     * @param unread notified of read failures
     */
    public LayerScope scope(Root root, LayerScope.Unread unread) {
        Root all = root.unmerged(); // hidden runs can be selected, too
        Set<String> names = Stream.concat(runs.stream(), givenNames())
                .flatMap(name -> namesOf(all, name))
                .collect(Collectors.toSet());
        return new LayerScope(name -> !namesRuns() || names.contains(name), !namesRuns(), unread);
    }

    /** Returns the names of the runs with a name; the name itself if there is no other. */
    private static Stream<String> namesOf(Root root, String name) {
        // only a catalogue gives runs other names, so nothing is asked of other projects
        List<Run> found = root.metadataFields(EntityKind.RUN).isEmpty() ? List.of() : root.runsNamed(name);
        return found.isEmpty() ? Stream.of(name) : found.stream().map(Run::name);
    }

    private Stream<String> givenNames() {
        return runs.stream().flatMap(text -> split(text).stream());
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns whether {@code --run} names any run. */
    public boolean namesRuns() {
        return givenNames().findAny().isPresent();
    }
}
