package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.copick.error.InvalidConfigException;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/**
 * A project's configuration (spec sections 1.2 and 1.4). Immutable. Lists, maps and other fields that the file leaves out or
 * says to be null are empty Optionals. Two are equal when all their fields are, those we do not understand included.
 */
public final class ProjectConfig {
    /** The {@code config_type} of projects in the copick layout. */
    public static final String FILESYSTEM = "filesystem";

    private final @Nullable String name;
    private final @Nullable String description;
    private final @Nullable String version;
    private final List<ObjectDefinition> objects;
    private final @Nullable String userId;
    private final @Nullable String sessionId;
    private final @Nullable List<String> runs;
    private final @Nullable List<Double> voxelSpacings;
    private final @Nullable Map<Double, List<String>> tomograms;
    private final String configType;
    private final @Nullable String overlayRoot;
    private final @Nullable String staticRoot;
    private final @Nullable ObjectNode overlayFsArgs;
    private final @Nullable ObjectNode staticFsArgs;
    private final @Nullable List<LayerConfig> layers;
    private final @Nullable DiskCacheConfig diskCache;
    private final Map<String, JsonNode> unknown;

    ProjectConfig(FieldReader fields) {
        configType = Objects.requireNonNullElse(fields.optionalText("config_type"), FILESYSTEM);
        overlayRoot = fields.optionalText("overlay_root");
        if (overlayRoot == null && configType.equals(FILESYSTEM)) {
            throw fields.invalid("overlay_root", "is missing; it names the writable root");
        }
        name = fields.textOr("name", "CoPick");
        description = fields.textOr("description", "Let's CoPick!");
        version = fields.textOr("version", "0.2.0");
        objects = List.copyOf(ConfigFields.objects(fields));
        userId = ConfigFields.personal(fields, "user_id");
        sessionId = ConfigFields.personal(fields, "session_id");
        runs = ConfigFields.texts(fields, "runs");
        voxelSpacings = ConfigFields.decimals(fields);
        tomograms = ConfigFields.tomograms(fields);
        staticRoot = fields.optionalText("static_root");
        overlayFsArgs = ConfigFields.arguments(fields, "overlay_fs_args");
        staticFsArgs = ConfigFields.arguments(fields, "static_fs_args");
        List<LayerConfig> named = configType.equals(FILESYSTEM) ? LayerFields.read(fields) : null;
        layers = named == null ? null : List.copyOf(named);
        diskCache = DiskCacheConfig.read(fields);
        unknown = fields.unknown();
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
        Objects.requireNonNull(location, "location");
        return ConfigJson.parse(json, location);
    }

    /** Begins the configuration of a project in the copick layout. It needs at least an overlay. */
    public static Builder builder() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("pickable_objects");
        return new Builder(json);
    }

    /** Begins a configuration with everything that this one says. */
    public Builder toBuilder() {
        return new Builder(tree());
    }

    /**
     * Puts a configuration together: {@code ProjectConfig.builder().overlay("annotations").object(…)}. {@link #build} checks it.
     * Not for use by several threads.
     */
    public static final class Builder {
        private final ObjectNode json;

        private Builder(ObjectNode json) {
            this.json = json;
        }

        /** The project's name, free text. */
        public Builder name(String text) {
            json.put("name", Objects.requireNonNull(text, "name"));
            return this;
        }

        /** What the project is, free text. */
        public Builder description(String text) {
            json.put("description", Objects.requireNonNull(text, "description"));
            return this;
        }

        /** The user of new annotations for which a program names none. */
        public Builder userId(String id) {
            json.put("user_id", Objects.requireNonNull(id, "userId"));
            return this;
        }

        /** The session of new annotations for which a program names none. */
        public Builder sessionId(String id) {
            json.put("session_id", Objects.requireNonNull(id, "sessionId"));
            return this;
        }

        /** The writable root: a path, from the folder of the configuration's file, or a URL. */
        public Builder overlay(String root) {
            return overlay(root, Map.of());
        }

        /**
         * The writable root.
         *
         * @param arguments of its file system, by Python's names; may hold secrets
         */
        public Builder overlay(String root, Map<String, ? extends @Nullable Object> arguments) {
            return root("overlay", root, arguments);
        }

        /** The root of shared data, which nothing is written to: a path or URL. */
        public Builder shared(String root) {
            return shared(root, Map.of());
        }

        /**
         * The root of shared data, which nothing is written to.
         *
         * @param arguments of its file system, by Python's names; may hold secrets
         */
        public Builder shared(String root, Map<String, ? extends @Nullable Object> arguments) {
            return root("static", root, arguments);
        }

        private Builder root(String which, String root, Map<String, ? extends @Nullable Object> arguments) {
            json.put(which + "_root", Objects.requireNonNull(root, "root"));
            json.set(which + "_fs_args", JsonTree.object(arguments));
            return this;
        }

        /** Adds an object that can be annotated; without a label it gets the next one. */
        public Builder object(ObjectDefinition.Builder definition) {
            return object(definition.build());
        }

        /**
         * Adds an object that can be annotated; without a label it gets the next one.
         *
         * @throws InvalidConfigException when another one has its name or label
         */
        public Builder object(ObjectDefinition definition) {
            List<ObjectDefinition> known = ConfigFields.objects(new FieldReader(json, ""));
            ObjectDefinition added = definition.label().isPresent()
                    ? definition
                    : definition.toBuilder().label(nextLabel(known)).build();
            for (ObjectDefinition other : known) {
                if (other.name().equals(added.name()) || other.label().equals(added.label())) {
                    throw new InvalidConfigException("the objects \"" + other.name() + "\" and \"" + added.name()
                            + "\" have the same name or label; give each its own");
                }
            }
            json.withArray("pickable_objects").add(added.tree());
            return this;
        }

        /** These objects and no others, as they are. */
        Builder objects(List<ObjectDefinition> definitions) {
            ArrayNode array = json.putArray("pickable_objects");
            definitions.forEach(definition -> array.add(definition.tree()));
            return this;
        }

        /**
         * The configuration.
         *
         * @throws InvalidConfigException when there is no overlay or a field breaks its rule
         */
        public ProjectConfig build() {
            return new ProjectConfig(new FieldReader(json.deepCopy(), ""));
        }
    }

    /** Free text. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Free text. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** The copick version that wrote the configuration; compared with nothing. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** The pickable objects, in file order. */
    public List<ObjectDefinition> objects() {
        return objects;
    }

    /** The first definition of that name. */
    public Optional<ObjectDefinition> object(String objectName) {
        return objects.stream().filter(o -> o.name().equals(objectName)).findFirst();
    }

    /** One more than the greatest label of an object, and never 0; 1 for the first. */
    public long nextLabel() {
        return nextLabel(objects);
    }

    private static long nextLabel(List<ObjectDefinition> objects) {
        return objects.stream()
                .flatMapToLong(object -> object.label().stream())
                .map(label -> label == -1 ? 1 : label + 1)
                .max()
                .orElse(1);
    }

    /** The user of new annotations for which a program names none. */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** The session of new annotations for which a program names none. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** When given, the only runs of the project that are seen. */
    public Optional<List<String>> runs() {
        return Optional.ofNullable(runs);
    }

    /** Kept, without effect. */
    public Optional<List<Double>> voxelSpacings() {
        return Optional.ofNullable(voxelSpacings);
    }

    /** Kept, without effect. */
    public Optional<Map<Double, List<String>>> tomograms() {
        return Optional.ofNullable(tomograms);
    }

    /** Which kind of backend opens the project; {@link #FILESYSTEM} for projects in the copick layout. */
    public String configType() {
        return configType;
    }

    /** The writable root; empty for backends without one. */
    public Optional<String> overlayRoot() {
        return Optional.ofNullable(overlayRoot);
    }

    /** The read-only root. */
    public Optional<String> staticRoot() {
        return Optional.ofNullable(staticRoot);
    }

    /** File-system arguments of the overlay, by Python's names; may hold secrets. */
    public Map<String, @Nullable Object> overlayFsArgs() {
        return overlayFsArgs == null ? Map.of() : JsonTree.plainFields(overlayFsArgs);
    }

    /** File-system arguments of the static root, by Python's names; may hold secrets. */
    public Map<String, @Nullable Object> staticFsArgs() {
        return staticFsArgs == null ? Map.of() : JsonTree.plainFields(staticFsArgs);
    }

    /** The layers of a project in the copick layout, highest precedence first; empty where the two roots are all. */
    public Optional<List<LayerConfig>> layers() {
        return Optional.ofNullable(layers);
    }

    /** Where what is read from remote roots is kept; empty for nowhere. */
    public Optional<DiskCacheConfig> diskCache() {
        return Optional.ofNullable(diskCache);
    }

    /** Fields that belong to other backends or later versions, kept when saving. */
    public Map<String, @Nullable Object> unknown() {
        return JsonTree.plainFields(unknown);
    }

    /** The same configuration with these objects. */
    public ProjectConfig withObjects(List<ObjectDefinition> definitions) {
        return toBuilder().objects(definitions).build();
    }

    /**
     * The file-system arguments to open a layer with: its own, otherwise those of the overlay or static root where that is
     * its root, otherwise none.
     */
    public Map<String, @Nullable Object> fsArgs(LayerConfig layer) {
        return layer.fsArgs()
                .orElseGet(() -> layer.root().equals(overlayRoot)
                        ? overlayFsArgs()
                        : layer.root().equals(staticRoot) ? staticFsArgs() : Map.of());
    }

    /**
     * Whether it holds credentials, by the names of its arguments: then only its owner should read its file. Everything but
     * the objects is looked through, fields that other backends know included.
     */
    public boolean holdsSecrets() {
        return SecretArguments.areIn(overlayFsArgs)
                || SecretArguments.areIn(staticFsArgs)
                || (layers != null && layers.stream().anyMatch(layer -> SecretArguments.areIn(layer.arguments())))
                || unknown.entrySet().stream()
                        .anyMatch(field -> SecretArguments.isIn(field.getKey(), field.getValue()));
    }

    /**
     * The configuration as Python's {@code save_config} writes it, with the unknown fields after the known ones. It
     * holds the file-system arguments, secrets included, exactly as they were read.
     */
    public String toJson() {
        return ConfigJson.write(tree());
    }

    private ObjectNode tree() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        json.put("description", description);
        json.put("version", version);
        ArrayNode definitions = json.putArray("pickable_objects");
        objects.forEach(object -> definitions.add(object.tree()));
        json.put("user_id", userId);
        json.put("session_id", sessionId);
        json.set("runs", JsonTree.tree(runs));
        json.set("voxel_spacings", JsonTree.tree(voxelSpacings));
        json.set("tomograms", tomograms == null ? JsonTree.tree(null) : ConfigFields.tree(tomograms));
        json.put("config_type", configType);
        json.put("overlay_root", overlayRoot);
        if (configType.equals(FILESYSTEM)) {
            json.put("static_root", staticRoot);
        }
        json.set("overlay_fs_args", overlayFsArgs);
        if (configType.equals(FILESYSTEM)) {
            json.set("static_fs_args", staticFsArgs);
        }
        if (layers != null) {
            LayerFields.write(layers, json.putArray("layers"));
        }
        if (diskCache != null) {
            diskCache.write(json.putObject("disk_cache"));
        }
        json.setAll(new LinkedHashMap<>(unknown));
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProjectConfig that && tree().equals(that.tree());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, configType, overlayRoot, staticRoot);
    }

    /** No values of file-system arguments, because those may be secrets. */
    @Override
    public String toString() {
        return "configuration of " + name + " (" + configType + ", " + objects.size() + " objects)";
    }
}
