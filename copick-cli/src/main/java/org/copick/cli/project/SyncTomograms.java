package org.copick.cli.project;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.copick.Entity;
import org.copick.MetadataFilter;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.cli.options.MetadataOptions;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.VoxelSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick sync tomograms}. */
@Command(
        name = "tomograms",
        description = "Copy tomograms to another project.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick sync tomograms --target-config other.json --voxel-spacings 10",
            "  copick sync tomograms --target-config other.json --source-tomo-types wbp \\",
            "      --target-runs TS_001:TS_101"
        })
final class SyncTomograms extends Sync {
    @Mixin
    private VoxelSpacingOptions spacings = new VoxelSpacingOptions();

    @Option(
            names = "--source-tomo-types",
            defaultValue = "",
            paramLabel = "TYPE,TYPE",
            description = "Tomogram types to copy, separated by commas (default: all).")
    private String sourceTypes = "";

    @Option(
            names = "--target-tomo-types",
            defaultValue = "",
            paramLabel = "OLD:NEW,OLD:NEW",
            description = "Tomogram types to rename in the target, as OLD:NEW pairs (default: none).")
    private String targetTypes = "";

    @Mixin
    private MetadataOptions metadata = new MetadataOptions();

    private MetadataFilter filter = MetadataFilter.any();

    @Override
    void prepare(Root from) {
        filter = metadata.filter(from, EntityKind.TOMOGRAM);
    }

    @Override
    Map<Entity, EntityKey> plan(Run run, String targetRun) {
        NameMap types = NameMap.of(sourceTypes, targetTypes);
        Predicate<VoxelSize> sizes = spacings.wanted();
        Map<Entity, EntityKey> plan = new LinkedHashMap<>();
        Set<EntityKey> seen = new HashSet<>();
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            if (!sizes.test(spacing.key().size())) {
                continue;
            }
            for (Tomogram tomogram : spacing.tomograms(filter)) {
                if (!types.accepts(tomogram.type())) {
                    continue;
                }
                // the CryoET Data Portal may have several; the first is the preferred one
                if (!seen.add(tomogram.key())) {
                    repeated.add(tomogram.location());
                } else {
                    plan.put(
                            tomogram,
                            new EntityKey.Tomogram(targetRun, tomogram.key().size(), types.of(tomogram.type())));
                }
            }
        }
        return plan;
    }
}
