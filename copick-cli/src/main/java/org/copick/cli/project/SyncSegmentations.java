package org.copick.cli.project;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.copick.Entity;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.cli.options.SegmentationTypes;
import org.copick.spi.EntityKey;
import org.copick.spi.SegmentationType;
import org.copick.spi.VoxelSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code copick sync segmentations}. */
@Command(name = "segmentations", description = "Copy segmentations.", mixinStandardHelpOptions = true)
final class SyncSegmentations extends Sync {
    @Option(names = "--voxel-spacings", defaultValue = "", paramLabel = "Å,Å", description = "Only these.")
    private String spacings = "";

    @Option(
            names = "--source-names",
            defaultValue = "",
            paramLabel = "NAME,NAME",
            description = "Only segmentations of these names, separated by commas.")
    private String sourceNames = "";

    @Option(
            names = "--target-names",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Rename segmentations in the target: SOURCE:TARGET,…")
    private String targetNames = "";

    @Option(
            names = "--source-users",
            defaultValue = "",
            paramLabel = "USER,USER",
            description = "Only these users, separated by commas.")
    private String sourceUsers = "";

    @Option(
            names = "--target-users",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Rename users in the target: SOURCE:TARGET,…")
    private String targetUsers = "";

    @Option(
            names = "--segmentation-type",
            paramLabel = "TYPE",
            description = "binary, multilabel, instance, panoptic or all. Default: binary and multilabel ones.")
    private @Nullable String type;

    @Override
    Map<Entity, EntityKey> plan(Run run, String targetRun) {
        NameMap names = NameMap.of(sourceNames, targetNames);
        NameMap users = NameMap.of(sourceUsers, targetUsers);
        Set<SegmentationType> types = EnumSet.of(SegmentationType.BINARY, SegmentationType.MULTILABEL);
        if (type != null) {
            types = type.equals("all")
                    ? EnumSet.allOf(SegmentationType.class)
                    : EnumSet.of(SegmentationTypes.parse(type));
        }
        List<VoxelSize> sizes = sizes(spacings);
        Map<Entity, EntityKey> plan = new LinkedHashMap<>();
        for (Segmentation segmentation : run.segmentations()) {
            EntityKey.Segmentation key = segmentation.key();
            if (names.accepts(key.object())
                    && users.accepts(key.user())
                    && types.contains(key.type())
                    && (sizes.isEmpty() || sizes.contains(key.size()))) {
                plan.put(
                        segmentation,
                        new EntityKey.Segmentation(
                                targetRun,
                                key.size(),
                                names.of(key.object()),
                                users.of(key.user()),
                                key.session(),
                                key.type()));
            }
        }
        return plan;
    }

    @Override
    Map<String, String> objects(Set<Entity> sources) {
        NameMap names = NameMap.of(sourceNames, targetNames);
        Map<String, String> needed = new LinkedHashMap<>();
        for (Entity source : sources) {
            Segmentation segmentation = (Segmentation) source;
            boolean ofObject =
                    segmentation.type() == SegmentationType.BINARY || segmentation.type() == SegmentationType.INSTANCE;
            if (ofObject && source.root().findObject(segmentation.name()).isPresent()) {
                needed.putIfAbsent(names.of(segmentation.name()), segmentation.name());
            }
        }
        return needed;
    }
}
