package org.copick.cli.options;

import java.util.List;
import java.util.Locale;
import org.copick.entity.EntityKind;
import picocli.CommandLine;

/** Names of the kinds of entities on the command line: those of Python's command, in the singular or plural. */
public final class Kinds implements CommandLine.ITypeConverter<EntityKind> {
    /** The names in the singular. */
    public static final List<String> NAMES =
            List.of("tomogram", "feature", "picks", "filaments", "mesh", "segmentation", "object-volume");

    public Kinds() {}

    @Override
    public EntityKind convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "tomogram", "tomograms" -> EntityKind.TOMOGRAM;
            case "feature", "features" -> EntityKind.FEATURES;
            case "picks" -> EntityKind.PICKS;
            case "filament", "filaments" -> EntityKind.FILAMENTS;
            case "mesh", "meshes" -> EntityKind.MESH;
            case "segmentation", "segmentations" -> EntityKind.SEGMENTATION;
            case "object-volume", "object-volumes", "object", "objects" -> EntityKind.DENSITY_MAP;
            default ->
                throw new CommandLine.TypeConversionException(
                        "unknown kind \"" + value + "\"; use one of " + String.join(", ", NAMES));
        };
    }
}
