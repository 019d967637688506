package org.copick.cli.exchange;

import java.nio.file.Path;
import java.util.Optional;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.cli.options.Author;
import org.copick.cli.options.AuthorOptions;
import org.copick.cli.options.SegmentationTypes;
import org.copick.cli.output.CommandFailure;
import org.copick.config.EntityNames;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.InvalidDataException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick add segmentation}. */
@Command(
        name = "segmentation",
        description = {
            "Import segmentations from MRC files or Zarr folders.",
            "The file name without extension is the name of the run, unless --run or --run-regex gives another."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add segmentation labels.mrc --name painting --run TS_009",
            "  copick add segmentation membrane.mrc --name membrane --run TS_009 \\",
            "      --segmentation-type binary --user-id me"
        })
final class AddSegmentation extends VolumeImport {
    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description =
                    "Name of the segmentation: an object, or for multilabel and panoptic types any name (required).")
    private String name = "";

    @Mixin
    private AuthorOptions by = new AuthorOptions();

    @Option(
            names = "--segmentation-type",
            defaultValue = "multilabel",
            paramLabel = "TYPE",
            description =
                    "Type: multilabel, binary, instance or panoptic with axes 2, z, y, x (default: ${DEFAULT-VALUE}).")
    private String type = "multilabel";

    @Option(
            names = "--any-labels",
            description = "Accept labels without an object, and any labels in binary segmentations (default: refuse).")
    private boolean anyLabels;

    AddSegmentation() {}

    @Override
    void checkOptions() {
        SegmentationTypes.parse(type);
        format();
    }

    @Override
    void checkProject(Root root) {
        SegmentationType kind = SegmentationTypes.parse(type);
        if (kind == SegmentationType.BINARY || kind == SegmentationType.INSTANCE) {
            root.object(name);
        }
        Author author = by.of(root);
        EntityNames.checkedForSegmentation("segmentation name", name);
        EntityNames.checkedForSegmentation("user id", author.user());
        EntityNames.checkedForSegmentation("session id", author.session());
    }

    @Override
    EntityKey.InRun key(Root root, String run, VoxelSize size) {
        Author author = by.of(root);
        return new EntityKey.Segmentation(
                run, size, name, author.user(), author.session(), SegmentationTypes.parse(type));
    }

    @Override
    VolumeData dataOf(VolumeFile volume, Path file) {
        return SegmentationTypes.parse(type) == SegmentationType.PANOPTIC ? volume.data() : volume.spatial(file);
    }

    @Override
    boolean holds(Entity existing, VolumeData data) {
        return existing instanceof Segmentation segmentation
                && new ImportedVolume(zarrFormat, 1, Optional.empty()).isIn(segmentation.volume(), data);
    }

    @Override
    Entity write(Run run, VolumeFile volume, Path file, double size) {
        Author author = by.of(run);
        VolumeOptions options = VolumeOptions.defaults().format(format().fitting());
        options = anyLabels ? options.anyLabels() : options;
        options = files.overwrite ? options.onExisting(OnExisting.REPLACE) : options;
        try {
            return run.newSegmentation(
                    SegmentationId.of(SegmentationTypes.parse(type), name)
                            .at(size)
                            .user(author.user())
                            .session(author.session()),
                    data(volume, file),
                    options);
        } catch (InvalidDataException e) {
            if (!volume.mayBeUnsigned()) {
                throw e;
            }
            throw new CommandFailure(
                    Imports.failure(file.toString(), e, commandLine()).getMessage()
                            + "; its bytes were read as signed and may be unsigned",
                    e);
        }
    }
}
