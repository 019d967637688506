package org.copick.cli.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.copick.CopickContext;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.cli.options.OptionNumber;
import org.copick.cli.options.ProjectOptions;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.copick.config.Color;
import org.copick.config.EntityNames;
import org.copick.config.FilamentSpec;
import org.copick.config.ObjectDefinition;
import org.copick.error.AlreadyExistsException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code copick add object}. */
@Command(
        name = "object",
        description = "Add an object to the configuration, with an optional density map.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  copick add object --name apoferritin --radius 65",
            "  copick add object --name actin --object-type filament --helical-rise 27.5"
        })
final class AddObject implements Callable<Integer> {
    private static final List<String> KINDS = List.of("particle", "segmentation", "filament");

    /** Radius of new objects in Å, as in Python's command. */
    private static final double DEFAULT_RADIUS = 50;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Name of the object (required).")
    private String name = "";

    @Option(
            names = "--object-type",
            paramLabel = "TYPE",
            description =
                    "Type of the object: particle (points), segmentation (masks) or filament (default: particle).")
    private @Nullable String type;

    @Option(
            names = "--label",
            paramLabel = "N",
            description = "Label value in segmentations, any whole number but 0 (default: the largest plus 1).")
    private @Nullable Long label;

    @Option(
            names = "--color",
            paramLabel = "R,G,B,A",
            description = "Colour of the object, each part 0 to 255 (default: 100,100,100,255).")
    private @Nullable String color;

    @Option(names = "--emdb-id", paramLabel = "ID", description = "EMDB accession, such as 3228 (default: none).")
    private @Nullable String emdbId;

    @Option(names = "--pdb-id", paramLabel = "ID", description = "PDB accession, such as 3J9I (default: none).")
    private @Nullable String pdbId;

    @Option(
            names = "--identifier",
            paramLabel = "ID",
            description = "Ontology accession, such as GO:0005840 (default: none).")
    private @Nullable String identifier;

    @Option(
            names = "--map-threshold",
            converter = OptionNumber.Finite.class,
            paramLabel = "X",
            description = "Isosurface level of the density map, in its own units (default: none).")
    private @Nullable Double mapThreshold;

    @Option(
            names = "--radius",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "Radius of the particle or of the filament's tube, in Å (default: 50).")
    private @Nullable Double radius;

    @Option(
            names = "--polar",
            negatable = true,
            description = "Filament whose two ends differ; --no-polar if they do not (default: unknown).")
    private @Nullable Boolean polar;

    @Option(names = "--apolar", hidden = true, description = "Python's name of --no-polar (default: unknown).")
    private boolean apolar;

    @Option(
            names = "--helical-rise",
            converter = OptionNumber.Positive.class,
            paramLabel = "Å",
            description = "Helical rise per subunit of a filament, in Å (default: unknown).")
    private @Nullable Double rise;

    @Option(
            names = "--helical-twist",
            converter = OptionNumber.Finite.class,
            paramLabel = "DEGREES",
            description = "Helical twist per subunit of a filament, in degrees (default: unknown).")
    private @Nullable Double twist;

    @Option(
            names = "--metadata",
            paramLabel = "JSON",
            description = "Metadata of the object, as a JSON object (default: empty).")
    private @Nullable String metadata;

    @Option(
            names = "--volume",
            paramLabel = "PATH",
            description = "Density map of the object, an MRC file or Zarr folder (default: none).")
    private @Nullable Path volume;

    @Mixin
    private DensityMapOptions map = new DensityMapOptions();

    @Option(
            names = "--exist-ok",
            negatable = true,
            description = "Change the given fields of an existing object and keep its others (default: refuse; an"
                    + " equal object counts as added).")
    private boolean existOk;

    AddObject() {}

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        String kind = type == null ? null : type.toLowerCase(Locale.ROOT);
        if (kind != null && !KINDS.contains(kind)) {
            throw new CommandLine.ParameterException(
                    commandLine, "--object-type must be particle, segmentation or filament");
        }
        if (label != null && label == 0) {
            throw new CommandFailure("--label cannot be 0, which is the background; choose another one");
        }
        try (CopickContext context = CopickContext.builder().build();
                Root root = project.open(context)) {
            Optional<PickableObject> known = root.findObject(name);
            boolean present = known.isPresent() && !existOk;
            if (known.isEmpty()) {
                EntityNames.checkedForCreation("object name", name);
            }
            boolean wasFilament = known.map(PickableObject::isFilament).orElse(false);
            boolean filament = kind == null ? wasFilament : kind.equals("filament");
            if (!filament && (polar != null || apolar || rise != null || twist != null)) {
                throw new CommandLine.ParameterException(
                        commandLine, "--polar, --helical-rise and --helical-twist are for filaments");
            }
            if (present
                    && !begun(kind, filament, known.get()).equals(known.get().definition())) {
                throw new AlreadyExistsException("the object \"" + name + "\" exists already; --exist-ok changes it");
            }
            ObjectDefinition definition = known.map(object -> changed(object.definition(), kind, filament))
                    .orElseGet(() -> begun(kind, filament))
                    .build();
            if (volume != null) {
                // an unreadable file is refused before anything is written
                map.check(context, volume, commandLine.getErr());
            }
            PickableObject object = known.isPresent() ? root.replaceObject(definition) : root.addObject(definition);
            boolean hasMap = volume != null && !existOk && map.isIn(context, volume, object);
            if (volume != null && !hasMap) {
                requireMap(object);
            }
            if (!present) {
                root.save();
            }
            if (volume != null && !hasMap) {
                map.write(context, volume, object, existOk);
            }
            Printable.writtenRow(
                    commandLine.getOut(),
                    present && (volume == null || hasMap),
                    object.name(),
                    "label " + (object.label().isPresent() ? object.label().getAsLong() : "-"));
        }
        return ExitStatus.DONE;
    }

    /** Refuses a density map that cannot be written; called before the object is saved. */
    private void requireMap(PickableObject object) {
        if (!object.isParticle()) {
            throw new CommandFailure("the object \"" + object.name()
                    + "\" is not a particle; only particles have density maps; nothing was changed");
        }
        if (!existOk && object.layer().isPresent()) {
            throw new CommandFailure("a density map of \"" + object.name()
                    + "\" exists already; nothing was changed; --exist-ok replaces it");
        }
    }

    /** Returns the definition that this command would add, with the known label unless an option gives one. */
    private ObjectDefinition begun(@Nullable String kind, boolean filament, PickableObject known) {
        ObjectDefinition.Builder builder = begun(kind, filament);
        if (label == null) {
            known.label().ifPresent(builder::label);
        }
        return builder.build();
    }

    private ObjectDefinition.Builder begun(@Nullable String kind, boolean filament) {
        ObjectDefinition.Builder builder = ObjectDefinition.builder(name, !"segmentation".equals(kind));
        fill(builder.radius(DEFAULT_RADIUS));
        return filament ? builder.filament(filament(new FilamentSpec(null, null, null))) : builder;
    }

    private ObjectDefinition.Builder changed(ObjectDefinition known, @Nullable String kind, boolean filament) {
        ObjectDefinition.Builder builder = known.toBuilder();
        if (kind != null) {
            builder.particle(!kind.equals("segmentation"));
        }
        FilamentSpec declared = known.filament().orElse(new FilamentSpec(null, null, null));
        if (known.filament().isPresent() && !filament) {
            builder.withoutFilament();
        }
        fill(builder);
        return filament ? builder.filament(filament(declared)) : builder;
    }

    /** Returns the declaration, changed by the given options. */
    private FilamentSpec filament(FilamentSpec declared) {
        return new FilamentSpec(
                apolar ? Boolean.FALSE : polar != null ? polar : declared.polar(),
                rise != null ? rise : declared.helicalRise(),
                twist != null ? twist : declared.helicalTwist());
    }

    private void fill(ObjectDefinition.Builder builder) {
        if (radius != null) {
            builder.radius(radius);
        }
        if (label != null) {
            builder.label(label);
        }
        if (color != null) {
            builder.color(color(color));
        }
        if (emdbId != null) {
            builder.emdbId(emdbId);
        }
        if (pdbId != null) {
            builder.pdbId(pdbId);
        }
        if (identifier != null) {
            builder.identifier(identifier);
        }
        if (mapThreshold != null) {
            builder.mapThreshold(mapThreshold);
        }
        if (metadata != null) {
            builder.metadata(JsonTree.plainFields(json(metadata)));
        }
    }

    private static Color color(String text) {
        try {
            int[] parts = Arrays.stream(text.split(",", -1))
                    .mapToInt(part -> Integer.parseInt(part.strip()))
                    .toArray();
            if (parts.length == 4) {
                return new Color(parts[0], parts[1], parts[2], parts[3]);
            }
        } catch (NumberFormatException e) {
            throw new CommandFailure("--color takes four numbers, such as 255,0,0,255", e);
        }
        throw new CommandFailure("--color takes four numbers, such as 255,0,0,255");
    }

    private static ObjectNode json(String text) {
        try {
            if (new ObjectMapper().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailure("--metadata takes a JSON object, such as {\"key\": 1}: " + JsonFailure.text(e), e);
        }
        throw new CommandFailure("--metadata takes a JSON object, such as {\"key\": 1}");
    }
}
