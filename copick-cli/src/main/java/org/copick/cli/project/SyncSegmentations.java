package org.copick.cli.project;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.Annotation;
import org.copick.AnnotationFilter;
import org.copick.MetadataFilter;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.cli.options.MetadataOptions;
import org.copick.cli.options.SegmentationTypes;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick sync segmentations}. */
@Command(
        name = "segmentations",
        description = {"Copy segmentations to another project.", "Adds the object definitions that it lacks."},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick sync segmentations --target-config other.json",
            "  copick sync segmentations --target-config other.json --voxel-spacings 10 \\",
            "      --source-names membrane --target-names membrane:bilayer"
        })
final class SyncSegmentations extends SyncAnnotations {
    @Mixin
    private VoxelSpacingOptions spacings = new VoxelSpacingOptions();

    @Option(
            names = "--source-names",
            defaultValue = "",
            paramLabel = "NAME,NAME",
            description = "Segmentation names to copy, separated by commas (default: all).")
    private String sourceNames = "";

    @Option(
            names = "--target-names",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Segmentations to rename in the target, as OLD:NEW pairs (default: none).")
    private String targetNames = "";

    @Option(
            names = "--segmentation-type",
            paramLabel = "TYPE",
            description =
                    "Type to copy: binary, multilabel, instance, panoptic or all (default: binary and multilabel).")
    private @Nullable String type;

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    private MetadataFilter filter = MetadataFilter.any();

    SyncSegmentations() {}

    @Override
    void prepare(Root from) {
        filter = metadata.filter(from, EntityKind.SEGMENTATION);
    }

    @Override
    NameMap names() {
        return NameMap.of(sourceNames, targetNames);
    }

    @Override
    List<? extends Annotation> annotations(Run run) {
        Set<SegmentationType> types = SegmentationTypes.wanted(type);
        Predicate<VoxelSize> sizes = spacings.wanted();
        return run.segmentations(AnnotationFilter.any().anyType().metadata(filter)).stream()
                .filter(segmentation -> types.contains(segmentation.type())
                        && sizes.test(segmentation.key().size()))
                .toList();
    }

    @Override
    EntityKey key(Annotation source, String run, String name, String user) {
        EntityKey.Segmentation key = ((Segmentation) source).key();
        return new EntityKey.Segmentation(run, key.size(), name, user, key.session(), key.type());
    }

    /** Returns true for binary and instance segmentations, which belong to an object; others only have a name. */
    @Override
    boolean needsObject(Annotation source) {
        Segmentation segmentation = (Segmentation) source;
        boolean ofObject =
                segmentation.type() == SegmentationType.BINARY || segmentation.type() == SegmentationType.INSTANCE;
        return ofObject && segmentation.root().findObject(segmentation.name()).isPresent();
    }
}
