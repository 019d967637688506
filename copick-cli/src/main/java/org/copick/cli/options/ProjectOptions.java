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

/** Which project a command works on, and which of its runs. */
public final class ProjectOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The project's configuration, a path or URL. Default: the variable COPICK_CONFIG.")
    private @Nullable String config;

    @Option(
            names = {"-r", "--run", "--run-names"},
            paramLabel = "RUN[,RUN]",
            description = "Only these runs, separated by commas; may be given several times. A run that has commas in"
                    + " its name comes first.")
    private List<String> runs = new ArrayList<>();

    public ProjectOptions() {}

    /** Adds to the runs that the command is limited to. */
    public void addRuns(List<String> names) {
        runs.addAll(names);
    }

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

    /** The runs that are meant, in the order of the project. */
    public List<Run> runs(Root root) {
        return runs(root, false);
    }

    /** The runs that are meant; with {@code create} those that are named and do not exist are created. */
    public List<Run> runs(Root root, boolean create) {
        if (!namesRuns()) {
            return root.runs();
        }
        Map<String, Run> named = new LinkedHashMap<>();
        for (String text : runs) {
            Optional<Run> whole = text.contains(",") ? root.findRun(text) : Optional.empty();
            for (String name : whole.isPresent() ? List.of(text) : split(text)) {
                named.computeIfAbsent(name, n -> create ? root.newRun(n, OnExisting.REUSE) : root.run(n));
            }
        }
        return List.copyOf(named.values());
    }

    public List<String> runNames() {
        return runs.stream().flatMap(text -> split(text).stream()).distinct().toList();
    }

    /** Whether it lies in a run that is meant; density maps lie in none. */
    public boolean names(EntityKey key) {
        return !namesRuns()
                || (key instanceof EntityKey.InRun inRun
                        && (runs.contains(inRun.run()) || runNames().contains(inRun.run())));
    }

    /**
     * The part of the project that is meant, for walks through its layers.
     *
     * @param unread told of what cannot be read
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

    public boolean namesRuns() {
        return !runNames().isEmpty();
    }
}
