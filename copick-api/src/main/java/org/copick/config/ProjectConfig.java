package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A project's configuration (spec sections 1.2 and 1.4). Immutable; the {@code with…} methods give changed copies.
 *
 * @param name free text
 * @param description free text
 * @param version the copick version that wrote the configuration; compared with nothing
 * @param objects the pickable objects, in file order
 * @param userId the user of new annotations for which a program names none
 * @param sessionId the session of new annotations, for programs that do not ask for one; the library never uses it
 * @param runs when given, the only runs of the project that are seen
 * @param voxelSpacings kept, without effect
 * @param tomograms kept, without effect
 * @param configType which kind of backend opens the project; {@code filesystem} for projects in the copick layout
 * @param overlayRoot the writable root, or null for backends without one
 * @param staticRoot the read-only root, or null
 * @param overlayFsArgs file-system arguments of the overlay, by Python's names; may hold secrets
 * @param staticFsArgs the same of the static root
 * @param layers the layers of a project in the copick layout, highest precedence first; null where the two roots are all
 * @param diskCache where what is read from remote roots is kept, or null for nowhere
 * @param unknown fields that belong to other backends or later versions, kept when saving
 */
public record ProjectConfig(
        @Nullable String name,
        @Nullable String description,
        @Nullable String version,
        List<ObjectDefinition> objects,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable List<String> runs,
        @Nullable List<Double> voxelSpacings,
        @Nullable Map<Double, List<String>> tomograms,
        String configType,
        @Nullable String overlayRoot,
        @Nullable String staticRoot,
        @Nullable ObjectNode overlayFsArgs,
        @Nullable ObjectNode staticFsArgs,
        @Nullable List<LayerConfig> layers,
        @Nullable DiskCacheConfig diskCache,
        Map<String, JsonNode> unknown) {

    /** The {@code config_type} of projects in the copick layout. */
    public static final String FILESYSTEM = "filesystem";

    public ProjectConfig {
        objects = List.copyOf(objects);
        layers = layers == null ? null : List.copyOf(layers);
    }

    /**
     * Reads a configuration.
     *
     * @param json strict JSON text
     * @param location where the text comes from, for messages
     * @throws org.copick.error.InvalidConfigException when it is not JSON, a required field is missing or a field
     *     breaks its rule; the message names the place or the field, never a value
     */
    public static ProjectConfig parse(String json, String location) {
        return ConfigJson.parse(json, location);
    }

    /** The first definition of that name. */
    public Optional<ObjectDefinition> object(String objectName) {
        return objects.stream().filter(o -> o.name().equals(objectName)).findFirst();
    }

    /** The same configuration with these objects. */
    public ProjectConfig withObjects(List<ObjectDefinition> definitions) {
        return new ProjectConfig(
                name,
                description,
                version,
                definitions,
                userId,
                sessionId,
                runs,
                voxelSpacings,
                tomograms,
                configType,
                overlayRoot,
                staticRoot,
                overlayFsArgs,
                staticFsArgs,
                layers,
                diskCache,
                unknown);
    }

    /**
     * The file-system arguments to open a layer with: its own, otherwise those of the overlay or static root where that is
     * its root, otherwise null.
     */
    public @Nullable ObjectNode fsArgs(LayerConfig layer) {
        if (layer.fsArgs() != null) {
            return layer.fsArgs();
        }
        return layer.root().equals(overlayRoot) ? overlayFsArgs : layer.root().equals(staticRoot) ? staticFsArgs : null;
    }

    /**
     * Whether it holds credentials, by the names of its arguments: then only its owner should read its file. Everything but
     * the objects is looked through, fields that other backends know included.
     */
    public boolean holdsSecrets() {
        return SecretArguments.areIn(overlayFsArgs)
                || SecretArguments.areIn(staticFsArgs)
                || (layers != null && layers.stream().anyMatch(layer -> SecretArguments.areIn(layer.fsArgs())))
                || unknown.entrySet().stream()
                        .anyMatch(field -> SecretArguments.isIn(field.getKey(), field.getValue()));
    }

    /**
     * The configuration as Python's {@code save_config} writes it, with the unknown fields after the known ones. It
     * holds the file-system arguments, secrets included, exactly as they were read.
     */
    public String toJson() {
        return ConfigJson.write(this);
    }

    /** No values of file-system arguments, because those may be secrets. */
    @Override
    public String toString() {
        return "configuration of " + name + " (" + configType + ", " + objects.size() + " objects)";
    }
}
