package org.copick.cli.change;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.Entity;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.walk.EntityWalk;
import org.copick.entity.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code copick rm}. */
@Command(
        name = "rm",
        description = {
            "Delete entities of the writable layer, with everything in them.",
            "If any of them is in a read-only layer, nothing is deleted at all; copick hide hides such entities."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick rm picks proteasome:me/1 --dry-run",
            "  copick rm picks 'proteasome:me/*' --force"
        })
public final class RmCommand extends Selection implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            description = "Kind of the entities: picks, filaments, mesh, segmentation, tomogram, feature, run,"
                    + " voxelspacing, object (its definition) or object-volume (its density map).")
    private String type = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "URI",
            description =
                    "Entities to delete: runs and objects by name, voxel spacings by size in Å, others by copick URI.")
    private List<String> targets = new ArrayList<>();

    RmCommand() {}

    @Override
    List<String> namedTypes() {
        return List.of("run", "voxelspacing", "object");
    }

    @Override
    public Integer call() throws Exception {
        requireType(type);
        PrintWriter out = commandLine().getOut();
        try (Root root = project.open()) {
            switch (type.toLowerCase(Locale.ROOT)) {
                case "object" -> removeObjects(root, out);
                case "object-volume" -> deleteMaps(root, out);
                default -> delete(requireOneRun(select(root, type, targets)), out);
            }
        }
        return ExitStatus.DONE;
    }

    /** Refuses a name in several runs unless forced, because a URI without a pattern looks like one entity. */
    private List<Entity> requireOneRun(List<Entity> entities) {
        if (force || dryRun) {
            return entities;
        }
        Map<String, Set<String>> runs = new LinkedHashMap<>();
        for (Entity entity : entities) {
            if (entity.key().kind() != EntityKind.RUN) {
                runs.computeIfAbsent(EntityWalk.nameOf(entity), name -> new LinkedHashSet<>())
                        .add(EntityWalk.runOf(entity.key()));
            }
        }
        runs.forEach((name, in) -> {
            if (in.size() > 1) {
                throw new CommandFailure(in.size() + " runs have " + name + ", " + String.join(", ", in)
                        + "; nothing was deleted; name one with --run, or repeat with --force");
            }
        });
        return entities;
    }

    private void delete(List<Entity> entities, PrintWriter out) {
        requireWritable(entities, "copick hide hides it");
        for (Entity entity : entities) {
            if (!dryRun) {
                entity.delete();
            }
            out.println(entity.location());
        }
    }

    private void removeObjects(Root root, PrintWriter out) {
        List<String> names = targets.stream().distinct().toList();
        names.forEach(root::object);
        if (!dryRun) {
            names.forEach(root::removeObject);
            root.save();
        }
        names.forEach(out::println);
    }

    private void deleteMaps(Root root, PrintWriter out) {
        List<PickableObject> objects =
                targets.stream().distinct().map(root::object).toList();
        for (PickableObject object : objects) {
            if (object.layer().isEmpty()) {
                throw new CommandFailure("the object " + object.name() + " has no density map");
            }
            if (object.readOnly()) {
                throw new CommandFailure("the density map of " + object.name()
                        + " lies in a read-only layer; nothing was changed;" + " copick hide object-volume hides it");
            }
        }
        for (PickableObject object : objects) {
            if (!dryRun) {
                object.deleteDensityMap();
            }
            out.println("Objects/" + object.name());
        }
    }
}
