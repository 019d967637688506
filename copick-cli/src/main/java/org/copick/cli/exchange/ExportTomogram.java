package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.function.Predicate;
import org.copick.CopickContext;
import org.copick.Entity;
import org.copick.Level;
import org.copick.Root;
import org.copick.Tomogram;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.output.FileName;
import org.copick.entity.EntityKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick export tomogram}. */
@Command(
        name = "tomogram",
        description = {
            "Write tomograms as MRC files or Zarr folders.",
            "They are DIR/RUN/VoxelSpacing…/TYPE.mrc or .zarr."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick export tomogram --tomogram-uri wbp@10 --run TS_001 \\",
            "      --output-dir out --output-format mrc",
            "  copick export tomogram --tomogram-uri wbp@10 --output-dir out \\",
            "      --output-format zarr --level 1 --level-only"
        })
final class ExportTomogram extends EntityExport<Tomogram> {
    @Option(
            names = "--tomogram-uri",
            required = true,
            paramLabel = "URI",
            description = "Tomograms to export, as a copick URI such as wbp@10.0 (required).")
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
            description = "Number of the resolution level; 0 is the full resolution (default: ${DEFAULT-VALUE}).")
    private int index;

    @Option(
            names = "--copy-all-levels",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Zarr: copy all levels as they are stored (default: --copy-all-levels).")
    private boolean allLevels;

    @Option(
            names = "--level-only",
            description = "Zarr: write only the level that --level names (default: all levels).")
    private boolean levelOnly;

    ExportTomogram() {
        super(Tomogram.class, EntityKind.TOMOGRAM);
    }

    @Override
    String uri() {
        return uri;
    }

    @Override
    Predicate<Entity> accepted(Root root) {
        return metadata.accepted(root, EnumSet.of(EntityKind.TOMOGRAM));
    }

    @Override
    ExportFolder folder() {
        return folder;
    }

    @Override
    void checkOptions(CommandLine commandLine) {
        format.check(commandLine);
    }

    @Override
    Path place(Tomogram tomogram) {
        return folder.path()
                .resolve(FileName.of(tomogram.voxelSpacing().run().name()))
                .resolve("VoxelSpacing" + tomogram.key().size().text())
                .resolve(FileName.of(tomogram.type() + (format.isMrc() ? ".mrc" : ".zarr")));
    }

    @Override
    void write(CopickContext context, Path file, Tomogram tomogram) {
        boolean mrc = format.isMrc();
        if (!mrc && allLevels && !levelOnly) {
            VolumeExport.zarr(context, tomogram.volume(), file);
            return;
        }
        Level level = tomogram.volume().level(index);
        double size = VolumeExport.voxelSize(tomogram.volume(), index, tomogram.voxelSize());
        if (mrc) {
            VolumeExport.image(file, level, size);
        } else {
            int zarrFormat = tomogram.volume().zarrFormat().orElse(2);
            VolumeExport.zarrLevel(
                    context, level, zarrFormat, size, file, tomogram.volume().axes());
        }
    }
}
