package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.FileName;
import org.copick.cli.output.Progress;
import org.copick.cli.walk.EntityWalk;
import org.copick.cli.walk.Unread;
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

    @Option(names = "--overwrite", negatable = true, description = "Replace files and folders that exist.")
    private boolean overwrite;

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
        Unread unread = new Unread(commandLine.getErr());
        try (Progress progress = Progress.on(commandLine.getErr());
                CopickContext context =
                        CopickContext.builder().listener(progress).build();
                Root root = project.open(context)) {
            CopickUri wanted = CopickUri.parse(EntityKind.SEGMENTATION, uri);
            ExportPaths paths = new ExportPaths();
            Map<Path, Segmentation> plan = new LinkedHashMap<>();
            for (Run run : project.runs(root)) {
                for (Entity entity : EntityWalk.matching(run, wanted, unread)) {
                    Segmentation segmentation = (Segmentation) entity;
                    Path base = base(run, segmentation);
                    paths.take(base, segmentation.location());
                    plan.put(base, segmentation);
                }
            }
            if (plan.isEmpty()) {
                throw new CommandFailure("no segmentation matches \"" + uri + "\"; copick ls lists what is there");
            }
            List<Path> files = new ArrayList<>();
            plan.forEach((base, segmentation) -> files.addAll(files(base, segmentation, mrc)));
            ExportPaths.requireFree(files, overwrite);
            int done = 0;
            progress.done(done, plan.size());
            for (Map.Entry<Path, Segmentation> step : plan.entrySet()) {
                unread.attempt(step.getValue().location(), () -> {
                    if (mrc) {
                        writeMrc(step.getKey(), step.getValue());
                    } else {
                        VolumeExport.zarr(
                                context,
                                step.getValue().volume(),
                                files(step.getKey(), step.getValue(), false).get(0));
                    }
                    files(step.getKey(), step.getValue(), mrc).forEach(commandLine.getOut()::println);
                });
                progress.done(++done, plan.size());
            }
        }
        return unread.status();
    }

    /** The files, or the folder, that a segmentation goes to. */
    private List<Path> files(Path base, Segmentation segmentation, boolean mrc) {
        if (!mrc) {
            return List.of(base.resolveSibling(base.getFileName() + ".zarr"));
        }
        if (segmentation.type() != SegmentationType.PANOPTIC) {
            return List.of(base.resolveSibling(base.getFileName() + ".mrc"));
        }
        return channels().stream()
                .map(name -> base.resolveSibling(base.getFileName() + "_" + name + ".mrc"))
                .toList();
    }

    /** The channels of panoptic ones that are meant. */
    private List<String> channels() {
        return channel == null ? List.of("label", "instance") : List.of(channel);
    }

    private Path base(Run run, Segmentation segmentation) {
        String kind = switch (segmentation.type()) {
            case BINARY, MULTILABEL -> "Segmentations";
            case INSTANCE -> "InstanceSegmentations";
            case PANOPTIC -> "PanopticSegmentations";
        };
        return folder.resolve(FileName.of(run.name()))
                .resolve(kind)
                .resolve(FileName.of(
                        segmentation.name() + "_" + segmentation.userId() + "_" + segmentation.sessionId()));
    }

    private void writeMrc(Path base, Segmentation segmentation) {
        Level level = segmentation.volume().level(index);
        double size = VolumeExport.voxelSize(segmentation.volume(), index, segmentation.voxelSize());
        long[] boxes = VolumeExport.boxes(level);
        List<Path> files = files(base, segmentation, true);
        if (segmentation.type() != SegmentationType.PANOPTIC) {
            VolumeExport.labels(files.get(0), VolumeData.of(level), boxes, size);
            return;
        }
        for (int i = 0; i < files.size(); i++) {
            long number = channels().get(i).equals("label") ? 0 : 1;
            VolumeExport.labels(files.get(i), channel(level, number), boxes, size);
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
