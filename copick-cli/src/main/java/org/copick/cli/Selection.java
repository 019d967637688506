package org.copick.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Root;
import org.copick.Run;
import org.copick.spi.EntityKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that change entities by URI have in common. */
abstract class Selection {
    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Option(names = "--dry-run", description = "Only show what would be done.")
    boolean dryRun;

    @Option(names = "--force", description = "Go through with it also where a pattern says what is meant.")
    boolean force;

    Selection() {}

    CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    /** The entities that are meant; none is a failure. */
    List<Entity> select(Root root, EntityKind kind, String text) {
        CopickUri uri = CopickUri.parse(kind, text);
        if (uri.isPattern() && !force && !dryRun) {
            throw new CommandFailure("\"" + text + "\" can match several entities; look with --dry-run what it matches,"
                    + " then repeat it with --force");
        }
        List<Entity> found = new ArrayList<>();
        for (Run run : project.runs(root)) {
            found.addAll(run.find(uri));
        }
        if (found.isEmpty()) {
            throw new CommandFailure(
                    "nothing matches \"" + text + "\"" + (project.namesRuns() ? " in the runs given" : " in any run"));
        }
        return found;
    }

    static void requireWritable(List<? extends Entity> entities) {
        for (Entity entity : entities) {
            if (entity.readOnly()) {
                throw new CommandFailure(entity.location() + " lies in the read-only layer "
                        + entity.layer().name() + "; nothing was changed");
            }
        }
    }
}
