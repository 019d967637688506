package org.copick.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.copick.Entity;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.Run;
import org.copick.spi.EntityKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copick rm}. */
@Command(
        name = "rm",
        description = {
            "Delete entities by URI, or runs, voxel spacings and objects by name.",
            "Nothing in a read-only layer is ever touched: where that would be needed, nothing is deleted at all."
        },
        mixinStandardHelpOptions = true)
final class RmCommand extends Selection implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            description = "picks, filaments, mesh, segmentation, tomogram, feature; run, voxelspacing; object (its"
                    + " definition), object-volume (its density map).")
    private String type = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "URI", description = "What to delete.")
    private List<String> targets = new ArrayList<>();

    RmCommand() {}

    @Override
    public Integer call() throws Exception {
        PrintWriter out = commandLine().getOut();
        try (Root root = project.open()) {
            switch (type.toLowerCase(Locale.ROOT)) {
                case "object" -> removeObjects(root, out);
                case "object-volume" -> deleteMaps(root, out);
                case "run" -> delete(targets.stream().distinct().map(root::run).toList(), out);
                case "voxelspacing" -> delete(spacings(root), out);
                default -> {
                    EntityKind kind = kind();
                    Set<Entity> found = new LinkedHashSet<>();
                    targets.stream().distinct().forEach(uri -> found.addAll(select(root, kind, uri)));
                    delete(List.copyOf(found), out);
                }
            }
        }
        return Main.DONE;
    }

    private EntityKind kind() {
        try {
            return new Kinds().convert(type);
        } catch (picocli.CommandLine.TypeConversionException e) {
            throw new picocli.CommandLine.ParameterException(commandLine(), "TYPE: " + e.getMessage(), e);
        }
    }

    private List<Entity> spacings(Root root) {
        List<Entity> found = new ArrayList<>();
        for (String target : targets) {
            double size;
            try {
                size = Double.parseDouble(target);
            } catch (NumberFormatException e) {
                throw new CommandFailure("\"" + target + "\" is no voxel spacing", e);
            }
            List<Entity> inRuns = new ArrayList<>();
            for (Run run : project.runs(root)) {
                run.findVoxelSpacing(size).ifPresent(inRuns::add);
            }
            if (inRuns.isEmpty()) {
                throw new CommandFailure("no voxel spacing " + target + " in the runs");
            }
            if (inRuns.size() > 1 && !force && !dryRun) {
                throw new CommandFailure(inRuns.size() + " runs have the voxel spacing " + target
                        + "; name runs by --run, or repeat it with --force");
            }
            found.addAll(inRuns);
        }
        return found;
    }

    private void delete(List<? extends Entity> entities, PrintWriter out) {
        requireWritable(entities);
        for (Entity entity : entities) {
            if (!dryRun) {
                entity.delete();
            }
            out.println(entity.location());
        }
    }

    private void removeObjects(Root root, PrintWriter out) {
        targets.forEach(root::object);
        for (String name : targets) {
            if (!dryRun) {
                root.removeObject(name);
            }
            out.println(name);
        }
        if (!dryRun) {
            root.save();
        }
    }

    private void deleteMaps(Root root, PrintWriter out) {
        List<PickableObject> objects = targets.stream().map(root::object).toList();
        for (PickableObject object : objects) {
            if (object.layer().isEmpty()) {
                throw new CommandFailure("the object " + object.name() + " has no density map");
            }
            if (object.readOnly()) {
                throw new CommandFailure(
                        "the density map of " + object.name() + " lies in a read-only layer; nothing was changed");
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
