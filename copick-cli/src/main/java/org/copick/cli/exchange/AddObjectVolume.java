package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick add object-volume}. */
@Command(
        name = "object-volume",
        description = "Import the density map of an object.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add object-volume --object-name microtubule --volume-path map.mrc",
            "  copick add object-volume --object-name microtubule --volume-path map.mrc \\",
            "      --voxel-size 4 --overwrite"
        })
final class AddObjectVolume implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--object-name",
            required = true,
            paramLabel = "NAME",
            description = "Name of the object (required).")
    private String name = "";

    @Option(
            names = "--volume-path",
            required = true,
            paramLabel = "PATH",
            description = "MRC file or Zarr folder of the density map (required).")
    private Path volume = Path.of("");

    @Mixin
    private DensityMapOptions map = new DensityMapOptions();

    @Option(
            names = "--overwrite",
            negatable = true,
            description = "Replace an existing map (default: refuse; an equal one counts as imported).")
    private boolean overwrite;

    AddObjectVolume() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        try (CopickContext context = CopickContext.builder().build();
                Root root = project.open(context)) {
            map.check(context, volume, commandLine.getErr());
            PickableObject object = root.object(name);
            boolean present = !overwrite && map.isIn(context, volume, object);
            if (!present) {
                map.write(context, volume, object, overwrite);
            }
            Printable.writtenRow(commandLine.getOut(), present, name);
        }
        return ExitStatus.DONE;
    }
}
