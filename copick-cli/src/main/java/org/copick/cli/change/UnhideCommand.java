package org.copick.cli.change;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.copick.CopickUri;
import org.copick.Root;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.Printable;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
import org.copick.entity.EntityKey;
import org.copick.entity.HiddenEntity;
import org.copick.entity.VoxelSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code copick unhide}. */
@Command(
        name = "unhide",
        description = "Show hidden entities again, by deleting their tombstones.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick unhide picks proteasome:gapstop/0", "  copick unhide run empty_run"})
public final class UnhideCommand extends Selection implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TYPE", description = HideCommand.TYPES)
    private String type = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "URI",
            description =
                    "Entities to show: runs and objects by name, voxel spacings by size in Å, others by copick URI.")
    private List<String> targets = new ArrayList<>();

    UnhideCommand() {}

    @Override
    List<String> namedTypes() {
        return List.of("run", "voxelspacing");
    }

    @Override
    public Integer call() {
        requireType(type);
        Unread unread = new Unread(commandLine().getErr());
        try (Root root = project.open()) {
            List<HiddenEntity> hidden = root.hidden(project.scope(root, unread::report));
            Set<HiddenEntity> found = new LinkedHashSet<>();
            for (String target : targets.stream().distinct().toList()) {
                Predicate<EntityKey> meant = meant(target);
                if (!hidden.stream().anyMatch(h -> meant.test(h.key()))) {
                    throw new CommandFailure("nothing that is hidden matches \"" + target
                            + "\"; nothing was changed; copick ls" + " --hidden lists what is hidden");
                }
                hidden.stream().filter(h -> meant.test(h.key())).forEach(found::add);
            }
            for (HiddenEntity each : found) {
                if (!dryRun) {
                    root.unhide(each.key());
                }
                Printable.row(commandLine().getOut(), EntityWalk.runOf(each.key()), EntityWalk.nameOf(each.key()));
            }
        }
        return unread.status();
    }

    private Predicate<EntityKey> meant(String target) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "run" -> new EntityKey.Run(target)::equals;
            case "object-volume" -> new EntityKey.DensityMap(target)::equals;
            case "voxelspacing" -> {
                VoxelSize size = new VoxelSize(spacing(target));
                yield key -> key instanceof EntityKey.Spacing spacing
                        && spacing.size().equals(size);
            }
            default -> {
                CopickUri uri = uri(kind(type), target);
                yield uri::matches;
            }
        };
    }
}
