package org.copick.cli.project;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.Root;
import org.copick.cli.options.Kinds;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.options.WalkOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Progress;
import org.copick.entity.EntityKind;
import org.copick.entity.UnparsableName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick copy}, which copies a project or a part of it into another project. */
@Command(
        name = "copy",
        description = {
            "Copy the project into another project.",
            "Copies visible entities, density maps and object definitions. Volumes are decoded and encoded again. Equal"
                    + " entities in the other project are skipped, so repeating an interrupted copy continues it; both"
                    + " volumes are read to compare them. Entities that differ are reported, or replaced with"
                    + " --overwrite."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick copy --to other.json --zarr-format 3",
            "  copick copy --to other.json --kind picks --run TS_001"
        })
public final class CopyCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private WalkOptions project = new WalkOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "Configuration of the other project, as a path or URL (required).")
    private String target = "";

    @Option(
            names = "--zarr-format",
            paramLabel = "2|3",
            description = "Zarr version of written volumes (default: that of each source volume).")
    private @Nullable Integer zarrFormat;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = Kinds.class,
            description = "Kind to copy: tomogram, feature, picks, filaments, mesh, segmentation or object-volume;"
                    + " repeatable (default: all).")
    private List<EntityKind> kinds = new ArrayList<>();

    @Option(
            names = "--overwrite",
            negatable = true,
            description = "Replace existing entities that differ (default: report them).")
    private boolean overwrite;

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    CopyCommand() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        if (zarrFormat != null && zarrFormat != 2 && zarrFormat != 3) {
            throw new CommandLine.ParameterException(commandLine, "--zarr-format must be 2 or 3");
        }
        PrintWriter err = commandLine.getErr();
        Set<EntityKind> wanted = kinds.isEmpty() ? EnumSet.allOf(EntityKind.class) : EnumSet.copyOf(kinds);
        ProjectCopy copy;
        try (Progress progress = Progress.on(err);
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root from = project.open(context);
                Root to = project.openOther(context, target)) {
            Predicate<Entity> accepted = metadata.accepted(from, wanted);
            copy = new ProjectCopy(from, to, zarrFormat, overwrite);
            copy.definitions(project.shard().isFirst());
            if (wanted.contains(EntityKind.DENSITY_MAP)
                    && !metadata.isGiven()
                    && project.shard().isFirst()) {
                copy.densityMaps();
            }
            copy.entities(project.runs(from), wanted, accepted, progress);
        }
        copy.failures().forEach(failure -> err.println("copick: " + failure));
        copy.repeated().forEach(location -> err.println(repeated(location)));
        for (UnparsableName skipped : copy.unparsableNames()) {
            err.println("copick: not copied, because its name cannot be parsed: " + skipped.location() + " ("
                    + skipped.reason() + ")");
        }
        commandLine
                .getOut()
                .println(copy.copied() + " copied, " + copy.present() + " there already, "
                        + copy.failures().size() + " failed");
        return copy.failures().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** Returns the message about a tomogram of the CryoET Data Portal that another one of its type precedes. */
    static String repeated(String location) {
        return "copick: not copied, because a folder can hold only one tomogram of a type: " + location;
    }
}
