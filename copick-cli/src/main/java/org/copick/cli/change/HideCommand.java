package org.copick.cli.change;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.copick.Entity;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code copick hide}. */
@Command(
        name = "hide",
        description = {
            "Hide entities of read-only layers, with everything in them.",
            "The writable layer gets a tombstone; nothing else is touched. copick ls --hidden lists hidden entities,"
                    + " copick unhide shows them again. Python copick ignores tombstones. Entities of the writable"
                    + " layer cannot be hidden; copick rm deletes them."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick hide picks proteasome:gapstop/0 --run TS_001",
            "  copick hide run empty_run"
        })
public final class HideCommand extends Selection implements Callable<Integer> {
    static final String TYPES =
            "Kind of the entities: picks, filaments, mesh, segmentation, tomogram, feature, run, voxelspacing or"
                    + " object-volume (a density map).";

    @Parameters(index = "0", paramLabel = "TYPE", description = TYPES)
    private String type = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "URI",
            description =
                    "Entities to hide: runs and objects by name, voxel spacings by size in Å, others by copick URI.")
    private List<String> targets = new ArrayList<>();

    HideCommand() {}

    @Override
    List<String> namedTypes() {
        return List.of("run", "voxelspacing");
    }

    @Override
    public Integer call() {
        requireType(type);
        PrintWriter out = commandLine().getOut();
        try (Root root = project.open()) {
            if (root.layers().get(0).readOnly()) {
                throw new CommandFailure("the project has no writable layer to hide anything in; give its"
                        + " configuration an overlay_root");
            }
            if (type.toLowerCase(Locale.ROOT).equals("object-volume")) {
                hideMaps(targets.stream().distinct().map(root::object).toList(), out);
                return ExitStatus.DONE;
            }
            List<Entity> entities = select(root, type, targets);
            for (Entity entity : entities) {
                // a run or voxel spacing in the writable layer may only hold tombstones, and can be hidden
                if (!entity.readOnly() && entity.key().kind().content() != EntityKind.Content.CONTAINER) {
                    throw new CommandFailure(entity.location()
                            + " lies in the writable layer; nothing was hidden; copick rm deletes it");
                }
            }
            for (Entity entity : entities) {
                if (!dryRun) {
                    entity.hide();
                }
                out.println(entity.location());
            }
        }
        return ExitStatus.DONE;
    }

    private void hideMaps(List<PickableObject> objects, PrintWriter out) {
        for (PickableObject object : objects) {
            if (object.layer().isEmpty()) {
                throw new CommandFailure("the object " + object.name() + " has no density map");
            }
        }
        for (PickableObject object : objects) {
            if (!dryRun) {
                object.hideDensityMap();
            }
            out.println("Objects/" + object.name());
        }
    }
}
