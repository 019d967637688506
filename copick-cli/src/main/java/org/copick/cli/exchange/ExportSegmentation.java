package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.Level;
import org.copick.Root;
import org.copick.Segmentation;
import org.copick.VolumeData;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.FileName;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.zarr.Region;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick export segmentation}. */
@Command(
        name = "segmentation",
        description = {
            "Write segmentations as MRC files or Zarr folders.",
            "They are DIR/RUN/Segmentations/NAME_USER_SESSION.mrc or .zarr. Instance and panoptic segmentations go to"
                    + " InstanceSegmentations and PanopticSegmentations."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick export segmentation --segmentation-uri membrane:membrain/0@10 \\",
            "      --output-dir out --output-format mrc",
            "  copick export segmentation --segmentation-uri membrane:membrain/0@10 \\",
            "      --output-dir out --output-format zarr --overwrite"
        })
final class ExportSegmentation extends EntityExport<Segmentation> {
    @Option(
            names = "--segmentation-uri",
            required = true,
            paramLabel = "URI",
            description = "Segmentations to export, as a copick URI such as membrane:alice/1@10.0 (required).")
    private String uri = "";

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    @Mixin
    private ExportFolder folder = new ExportFolder();

    @Mixin
    private VolumeFormatOption format = new VolumeFormatOption();

    @Option(
            names = "--level",
            defaultValue = "0",
            paramLabel = "N",
            description = "MRC: number of the resolution level; 0 is the full resolution (default: ${DEFAULT-VALUE}).")
    private int index;

    @Option(
            names = "--channel",
            paramLabel = "label|instance",
            description =
                    "MRC: channel of panoptic segmentations, label or instance (default: both, as NAME_…_label and"
                            + " NAME_…_instance).")
    private @Nullable String channel;

    ExportSegmentation() {
        super(Segmentation.class, EntityKind.SEGMENTATION);
    }

    @Override
    String uri() {
        return uri;
    }

    @Override
    Predicate<Entity> accepted(Root root) {
        return metadata.accepted(root, EnumSet.of(EntityKind.SEGMENTATION));
    }

    @Override
    ExportFolder folder() {
        return folder;
    }

    @Override
    void checkOptions(CommandLine commandLine) {
        format.check(commandLine);
        if (channel != null && !channel.equals("label") && !channel.equals("instance")) {
            throw new CommandLine.ParameterException(commandLine, "--channel must be label or instance");
        }
    }

    @Override
    void write(CopickContext context, Path base, Segmentation segmentation) {
        if (format.isMrc()) {
            writeMrc(base, segmentation);
        } else {
            VolumeExport.zarr(
                    context, segmentation.volume(), files(base, segmentation).get(0));
        }
    }

    /** Returns the files or the folder of a segmentation. */
    @Override
    List<Path> files(Path base, Segmentation segmentation) {
        if (!format.isMrc()) {
            return List.of(base.resolveSibling(base.getFileName() + ".zarr"));
        }
        if (segmentation.type() != SegmentationType.PANOPTIC) {
            return List.of(base.resolveSibling(base.getFileName() + ".mrc"));
        }
        return channels().stream()
                .map(name -> base.resolveSibling(base.getFileName() + "_" + name + ".mrc"))
                .toList();
    }

    /** Returns the channels of panoptic segmentations to export. */
    private List<String> channels() {
        return channel == null ? List.of("label", "instance") : List.of(channel);
    }

    @Override
    Path place(Segmentation segmentation) {
        String kind = switch (segmentation.type()) {
            case BINARY, MULTILABEL -> "Segmentations";
            case INSTANCE -> "InstanceSegmentations";
            case PANOPTIC -> "PanopticSegmentations";
        };
        return folder.path()
                .resolve(FileName.of(segmentation.run().name()))
                .resolve(kind)
                .resolve(FileName.of(
                        segmentation.name() + "_" + segmentation.userId() + "_" + segmentation.sessionId()));
    }

    private void writeMrc(Path base, Segmentation segmentation) {
        Level level = segmentation.volume().level(index);
        double size = VolumeExport.voxelSize(segmentation.volume(), index, segmentation.voxelSize());
        long[] boxes = VolumeExport.boxes(level);
        List<Path> files = files(base, segmentation);
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
            throw new CommandFailure(
                    "a panoptic segmentation has the axes 2, z, y, x; this one has " + shape.length + " axes");
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
