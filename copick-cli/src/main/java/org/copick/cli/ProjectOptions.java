package org.copick.cli;

import java.util.ArrayList;
import java.util.List;
import org.copick.Copick;
import org.copick.CopickContext;
import org.copick.IfExists;
import org.copick.Root;
import org.copick.Run;
import org.copick.error.InvalidConfigException;
import org.copick.spi.EntityKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which project a command works on, and which of its runs. */
final class ProjectOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The project's configuration, a path or URL. Default: the variable COPICK_CONFIG.")
    private @Nullable String config;

    @Option(
            names = {"-r", "--run"},
            paramLabel = "NAME",
            description = "Only this run; may be given several times.")
    private List<String> runs = new ArrayList<>();

    ProjectOptions() {}

    boolean isGiven() {
        return config != null;
    }

    /** Opens the project. */
    Root open() {
        return Copick.open(file());
    }

    /** Opens the project in a context of its own, such as one that tells what is read. */
    Root open(CopickContext context) {
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
    List<Run> runs(Root root) {
        if (runs.isEmpty()) {
            return root.runs();
        }
        return runs.stream().distinct().map(root::run).toList();
    }

    /** The same, but with {@code create} a run that is named and does not exist is created. */
    List<Run> runs(Root root, boolean create) {
        return create && namesRuns()
                ? runs.stream()
                        .distinct()
                        .map(name -> root.newRun(name, IfExists.REUSE))
                        .toList()
                : runs(root);
    }

    List<String> runNames() {
        return runs.stream().distinct().toList();
    }

    /** Whether it lies in a run that is meant; density maps lie in none. */
    boolean names(EntityKey key) {
        return runs.isEmpty() || (key instanceof EntityKey.InRun inRun && runs.contains(inRun.run()));
    }

    boolean namesRuns() {
        return !runs.isEmpty();
    }
}
