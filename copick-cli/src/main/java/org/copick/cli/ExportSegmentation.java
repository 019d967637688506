package org.copick.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Level;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.VolumeData;
import org.copick.spi.EntityKind;
import org.copick.spi.SegmentationType;
import org.copick.zarr.Region;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code copick export segmentation}. */
@Command(
        name = "segmentation",
        description =
                "Write segmentations to DIR/RUN/Segmentations/NAME_USER_SESSION.mrc or .zarr; instance and panoptic"
                        + " ones to folders of their own.",
        mixinStandardHelpOptions = true)
final class ExportSegmentation implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--segmentation-uri",
            required = true,
            paramLabel = "URI",
            description = "Which, such as membrane:alice/1@10.0.")
    private String uri = "";

    @Option(names = "--output-dir", required = true, paramLabel = "DIR", description = "Where to write.")
    private Path folder = Path.of("");

    @Option(names = "--output-format", required = true, paramLabel = "mrc|zarr", description = "The format.")
    private String format = "";

    @Option(names = "--level", defaultValue = "0", paramLabel = "N", description = "MRC: the level. Default: 0.")
    private int index;

    @Option(
            names = "--channel",
            paramLabel = "label|instance",
            description = "MRC: the channel of panoptic ones; by default both, to NAME_…_label and NAME_…_instance.")
    private @Nullable String channel;

    ExportSegmentation() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        boolean mrc = format.equalsIgnoreCase("mrc");
        if (!mrc && !format.equalsIgnoreCase("zarr")) {
            throw new CommandLine.ParameterException(commandLine, "--output-format is mrc or zarr");
        }
        if (channel != null && !channel.equals("label") && !channel.equals("instance")) {
            throw new CommandLine.ParameterException(commandLine, "--channel is label or instance");
        }
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            CopickUri wanted = CopickUri.parse(EntityKind.SEGMENTATION, uri);
            ExportPaths paths = new ExportPaths();
            Map<Path, Segmentation> plan = new LinkedHashMap<>();
            for (Run run : project.runs(root)) {
                for (Entity entity : run.find(wanted)) {
                    Segmentation segmentation = (Segmentation) entity;
                    Path base = base(run, segmentation);
                    paths.take(base, segmentation.location());
                    plan.put(base, segmentation);
                }
            }
            if (plan.isEmpty()) {
                throw new CommandFailure("no segmentation matches \"" + uri + "\"");
            }
            plan.forEach((base, segmentation) -> {
                if (mrc) {
                    writeMrc(base, segmentation, commandLine);
                } else {
                    Path target = base.resolveSibling(base.getFileName() + ".zarr");
                    VolumeExport.zarr(context, segmentation.volume(), target);
                    commandLine.getOut().println(target);
                }
            });
        }
        return Main.DONE;
    }

    private Path base(Run run, Segmentation segmentation) {
        String kind = switch (segmentation.type()) {
            case BINARY, MULTILABEL -> "Segmentations";
            case INSTANCE -> "InstanceSegmentations";
            case PANOPTIC -> "PanopticSegmentations";
        };
        return folder.resolve(run.name())
                .resolve(kind)
                .resolve(segmentation.name() + "_" + segmentation.userId() + "_" + segmentation.sessionId());
    }

    private void writeMrc(Path base, Segmentation segmentation, CommandLine commandLine) {
        Level level = segmentation.volume().level(index);
        double size = VolumeExport.voxelSize(segmentation.volume(), index, segmentation.voxelSize());
        long[] boxes = VolumeExport.boxes(level);
        if (segmentation.type() != SegmentationType.PANOPTIC) {
            Path file = base.resolveSibling(base.getFileName() + ".mrc");
            VolumeExport.labels(file, VolumeData.of(level), boxes, size);
            commandLine.getOut().println(file);
            return;
        }
        for (String name : new String[] {"label", "instance"}) {
            if (channel == null || channel.equals(name)) {
                Path file = base.resolveSibling(base.getFileName() + "_" + name + ".mrc");
                VolumeExport.labels(file, channel(level, name.equals("label") ? 0 : 1), boxes, size);
                commandLine.getOut().println(file);
            }
        }
    }

    private static VolumeData channel(Level level, long channel) {
        long[] shape = level.shape();
        if (shape.length != 4) {
            throw new CommandFailure("a panoptic segmentation has 2, z, y, x; this has " + shape.length + " axes");
        }
        return VolumeData.of(
                level.dataType(),
                (box, into) -> {
                    Region inChannel = Region.of(
                            new long[] {channel, box.start(0), box.start(1), box.start(2)},
                            new long[] {1, box.length(0), box.length(1), box.length(2)});
                    level.array().readElements(inChannel, into);
                },
                shape[1],
                shape[2],
                shape[3]);
    }
}
