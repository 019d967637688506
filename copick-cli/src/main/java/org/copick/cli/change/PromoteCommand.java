package org.copick.cli.change;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.CopyOptions;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Promotion;
import org.copick.Root;
import org.copick.cli.options.Kinds;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.EntityWalk;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code copick promote}, which copies from the writable layer into another project. */
@Command(
        name = "promote",
        description = {
            "Copy entities of the writable layer into another project.",
            "Adds the object definitions that the other project lacks. Entities of read-only layers are not promoted."
                    + " Everything is checked before anything is written. To promote into a layer below, write a"
                    + " configuration that has that layer as its overlay_root."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick promote picks proteasome:me/1 --to other.json",
            "  copick promote picks 'proteasome:me/*' --to other.json --dry-run"
        })
public final class PromoteCommand extends Selection implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            converter = Kinds.class,
            description = "Kind of the entities: picks, filaments, mesh, segmentation, tomogram or feature.")
    private EntityKind kind = EntityKind.PICKS;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "URI",
            description = "Entities to promote, as copick URIs; patterns need --force or --dry-run.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "Configuration of the other project, as a path or URL (required).")
    private String target = "";

    @Option(
            names = "--overwrite",
            negatable = true,
            description = "Replace existing entities (default: refuse; equal ones count as promoted).")
    private boolean overwrite;

    PromoteCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = commandLine().getOut();
        try (Progress progress = Progress.on(commandLine().getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root from = project.open(context);
                Root to = project.openOther(context, target)) {
            CopyOptions options = CopyOptions.asStored();
            Promotion promotion =
                    Promotion.of(from, own(from), to, overwrite ? options.onExisting(OnExisting.REPLACE) : options);
            if (!dryRun) {
                promotion.run();
            }
            List<ObjectDefinition> definitions = promotion.definitions();
            definitions.forEach(definition -> Printable.row(out, "", "object", definition.name()));
            for (Entity entity : promotion.entities()) {
                Printable.row(
                        out,
                        EntityWalk.runOf(entity.key()),
                        EntityWalk.kindOf(entity.key()),
                        EntityWalk.nameOf(entity));
            }
            int present = promotion.present();
            out.println(promotion.entities().size()
                    - present
                    + (dryRun ? " to promote, " : " promoted, ")
                    + (present == 0 ? "" : present + " there already, ")
                    + definitions.size()
                    + (definitions.size() == 1 ? " object" : " objects")
                    + (dryRun ? " to add" : " added"));
        }
        return ExitStatus.DONE;
    }

    /** Returns the selected entities of the writable layer. */
    private Set<Entity> own(Root from) {
        Set<Entity> own = new LinkedHashSet<>();
        for (String uri : targets.stream().distinct().toList()) {
            List<Entity> found = select(from, kind, uri);
            if (found.stream().allMatch(Entity::readOnly)) {
                throw new CommandFailure(found.get(0).location() + " lies in the read-only layer "
                        + found.get(0).layer().name() + ", and nothing in the writable layer matches \"" + uri
                        + "\"; nothing was promoted");
            }
            found.stream().filter(entity -> !entity.readOnly()).forEach(own::add);
        }
        return own;
    }
}
