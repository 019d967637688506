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
 * A project's configuration (spec sections 1.2 and 1.4). Immutable.
 *
 * <p>Optional fields that the file leaves out or sets to null are empty. If name, description or version is left out,
 * it has Python's default. Two configurations are equal if all their fields are equal, unknown fields included.
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
    private final boolean staticIndex;
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
        staticIndex = configType.equals(FILESYSTEM) && ConfigFields.staticIndex(fields, staticRoot, layers);
        diskCache = DiskCacheConfig.read(fields);
        unknown = fields.unknown();
    }

    /**
     * Reads a configuration.
     *
     * @param json strict JSON text
     * @param location the source of the text, for messages
     * @return the configuration
     * @throws org.copick.error.InvalidConfigException if it is not JSON, a required field is missing or a field breaks
     *     its rule; the message names the place or the field, never a value
     */
    public static ProjectConfig parse(String json, String location) {
        Objects.requireNonNull(location, "location");
        return ConfigJson.parse(json, location);
    }

    /**
     * Starts the configuration of a project in the copick layout. It needs at least an overlay.
     *
     * @return a builder without objects
     */
    public static Builder builder() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("pickable_objects");
        return new Builder(json);
    }

    /**
     * Starts a configuration with all fields of this one.
     *
     * @return a builder; this configuration stays as it is
     */
    public Builder toBuilder() {
        return new Builder(tree());
    }

    /**
     * Builds a configuration: {@code ProjectConfig.builder().overlay("annotations").object(…)}.
     *
     * <p>{@link #build} checks it. Not safe for use by several threads.
     */
    public static final class Builder {
        private final ObjectNode json;

        private Builder(ObjectNode json) {
            this.json = json;
        }

        /**
         * Sets the project's name.
         *
         * @param text any text
         * @return this builder
         */
        public Builder name(String text) {
            json.put("name", Objects.requireNonNull(text, "name"));
            return this;
        }

        /**
         * Sets the project's description.
         *
         * @param text any text
         * @return this builder
         */
        public Builder description(String text) {
            json.put("description", Objects.requireNonNull(text, "description"));
            return this;
        }

        /**
         * Sets the default user of new annotations.
         *
         * @param id the user, who must pass {@link EntityNames#isSanitized}
         * @return this builder
         */
        public Builder userId(String id) {
            json.put("user_id", Objects.requireNonNull(id, "userId"));
            return this;
        }

        /**
         * Sets the default session of new annotations.
         *
         * @param id the session, which must pass {@link EntityNames#isSanitized}
         * @return this builder
         */
        public Builder sessionId(String id) {
            json.put("session_id", Objects.requireNonNull(id, "sessionId"));
            return this;
        }

        /**
         * Sets the writable root, without file-system arguments.
         *
         * @param root a path or URL; relative paths start at the folder of the configuration file
         * @return this builder
         */
        public Builder overlay(String root) {
            return overlay(root, Map.of());
        }

        /**
         * Sets the writable root, with file-system arguments.
         *
         * @param root a path or URL; relative paths start at the folder of the configuration file
         * @param arguments the file-system arguments, named as in Python; may hold secrets
         * @return this builder
         * @throws IllegalArgumentException if an argument is not text, a number, a boolean, a list, a map or null
         */
        public Builder overlay(String root, Map<String, ? extends @Nullable Object> arguments) {
            return root("overlay", root, arguments);
        }

        /**
         * Sets the read-only root of shared data, without file-system arguments.
         *
         * @param root a path or URL; relative paths start at the folder of the configuration file
         * @return this builder
         */
        public Builder shared(String root) {
            return shared(root, Map.of());
        }

        /**
         * Sets the read-only root of shared data, with file-system arguments.
         *
         * @param root a path or URL; relative paths start at the folder of the configuration file
         * @param arguments the file-system arguments, named as in Python; may hold secrets
         * @return this builder
         * @throws IllegalArgumentException if an argument is not text, a number, a boolean, a list, a map or null
         */
        public Builder shared(String root, Map<String, ? extends @Nullable Object> arguments) {
            return root("static", root, arguments);
        }

        private Builder root(String which, String root, Map<String, ? extends @Nullable Object> arguments) {
            json.put(which + "_root", Objects.requireNonNull(root, "root"));
            json.set(which + "_fs_args", JsonTree.object(arguments));
            return this;
        }

        /**
         * Sets whether the static root is opened through its index; see {@link ProjectConfig#staticIndex}.
         *
         * @param asked whether to use the index
         * @return this builder
         */
        public Builder staticIndex(boolean asked) {
            json.put("static_index", asked);
            return this;
        }

        /**
         * Adds an object that can be annotated. If it has no label, it gets the next free one.
         *
         * @param definition the builder of the definition, which is built now; later changes have no effect
         * @return this builder
         * @throws InvalidConfigException if a field breaks its rule or another object has its name or label
         */
        public Builder object(ObjectDefinition.Builder definition) {
            return object(definition.build());
        }

        /**
         * Adds an object that can be annotated. If it has no label, it gets the next free one.
         *
         * @param definition the definition, with a name that no other object has
         * @return this builder
         * @throws InvalidConfigException if another object has its name or label
         */
        public Builder object(ObjectDefinition definition) {
            List<ObjectDefinition> known = ConfigFields.objects(new FieldReader(json, ""));
            ObjectDefinition added = definition.label().isPresent()
                    ? definition
                    : definition.toBuilder().label(nextLabel(known)).build();
            for (ObjectDefinition other : known) {
                if (other.name().equals(added.name()) || other.label().equals(added.label())) {
                    throw new InvalidConfigException("the objects \"" + other.name() + "\" and \"" + added.name()
                            + "\" have the same name or label; give each a different one");
                }
            }
            json.withArray("pickable_objects").add(added.tree());
            return this;
        }

        /** Replaces all objects; labels are not assigned. */
        Builder objects(List<ObjectDefinition> definitions) {
            ArrayNode array = json.putArray("pickable_objects");
            definitions.forEach(definition -> array.add(definition.tree()));
            return this;
        }

        /**
         * {@return the configuration}
         *
         * @throws InvalidConfigException if there is no overlay or a field breaks its rule
         */
        public ProjectConfig build() {
            return new ProjectConfig(new FieldReader(json.deepCopy(), ""));
        }
    }

    /** {@return the project's name, free text; empty if the file sets it to null} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@return the project's description, free text; empty if the file sets it to null} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /**
     * {@return the copick version that wrote the configuration; empty if the file sets it to null}
     *
     * <p>Nothing depends on it.
     */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** {@return the pickable objects, in file order} */
    public List<ObjectDefinition> objects() {
        return objects;
    }

    /**
     * {@return the first definition with that name, if there is one}
     *
     * @param objectName the object's name, compared exactly
     */
    public Optional<ObjectDefinition> object(String objectName) {
        return objects.stream().filter(o -> o.name().equals(objectName)).findFirst();
    }

    /** {@return the greatest label of an object plus one, skipping 0; 1 if no object has a label} */
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

    /** {@return the default user of new annotations, if there is one} */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** {@return the default session of new annotations, if there is one} */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** {@return the runs that the project is restricted to; empty if it shows all runs} */
    public Optional<List<String>> runs() {
        return Optional.ofNullable(runs);
    }

    /** {@return the configured voxel spacings, which are kept but have no effect} */
    public Optional<List<Double>> voxelSpacings() {
        return Optional.ofNullable(voxelSpacings);
    }

    /** {@return the configured tomogram types by voxel spacing, which are kept but have no effect} */
    public Optional<Map<Double, List<String>>> tomograms() {
        return Optional.ofNullable(tomograms);
    }

    /** {@return the kind of backend that opens the project; {@link #FILESYSTEM} for projects in the copick layout} */
    public String configType() {
        return configType;
    }

    /** {@return the writable root, a path or URL; empty for backends without one} */
    public Optional<String> overlayRoot() {
        return Optional.ofNullable(overlayRoot);
    }

    /** {@return the read-only root, a path or URL; empty if there is none} */
    public Optional<String> staticRoot() {
        return Optional.ofNullable(staticRoot);
    }

    /** {@return the file-system arguments of the overlay, named as in Python; may hold secrets} */
    public Map<String, @Nullable Object> overlayFsArgs() {
        return overlayFsArgs == null ? Map.of() : JsonTree.plainFields(overlayFsArgs);
    }

    /** {@return the file-system arguments of the static root, named as in Python; may hold secrets} */
    public Map<String, @Nullable Object> staticFsArgs() {
        return staticFsArgs == null ? Map.of() : JsonTree.plainFields(staticFsArgs);
    }

    /** {@return whether the static root is opened through the index beside it, which must then exist} */
    public boolean staticIndex() {
        return staticIndex;
    }

    /**
     * {@return the layers of a project in the copick layout, highest precedence first}
     *
     * <p>Empty if the configuration has no {@code layers}; then the overlay and static roots are the layers.
     */
    public Optional<List<LayerConfig>> layers() {
        return Optional.ofNullable(layers);
    }

    /** {@return the disk cache for data read from remote roots; empty if there is none} */
    public Optional<DiskCacheConfig> diskCache() {
        return Optional.ofNullable(diskCache);
    }

    /** {@return the fields of other backends and later versions, kept when saving} */
    public Map<String, @Nullable Object> unknown() {
        return JsonTree.plainFields(unknown);
    }

    /**
     * {@return this configuration with these objects instead of its own}
     *
     * @param definitions the objects, in file order; those without a label stay without one
     */
    public ProjectConfig withObjects(List<ObjectDefinition> definitions) {
        return toBuilder().objects(definitions).build();
    }

    /**
     * {@return the file-system arguments to open a layer with}
     *
     * <p>These are the layer's own arguments; without any, those of the overlay or static root if that is the layer's
     * root; otherwise none.
     *
     * @param layer a layer of this configuration
     */
    public Map<String, @Nullable Object> fsArgs(LayerConfig layer) {
        return layer.fsArgs()
                .orElseGet(() -> layer.root().equals(overlayRoot)
                        ? overlayFsArgs()
                        : layer.root().equals(staticRoot) ? staticFsArgs() : Map.of());
    }

    /**
     * {@return whether the configuration holds credentials, so that only its owner should be able to read its file}
     *
     * <p>Credentials are recognised by the names of fields and arguments. All fields but the objects are searched,
     * including fields of layers, of other backends and of later versions.
     */
    public boolean holdsSecrets() {
        ObjectNode fields = tree();
        fields.remove("pickable_objects");
        return SecretArguments.areIn(fields);
    }

    /**
     * {@return the configuration as Python's {@code save_config} writes it, with the unknown fields last}
     *
     * <p>It contains the file-system arguments, secrets included, exactly as they were read.
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
        if (configType.equals(FILESYSTEM) || staticRoot != null) {
            json.put("static_root", staticRoot);
        }
        json.set("overlay_fs_args", overlayFsArgs);
        if (configType.equals(FILESYSTEM) || (staticFsArgs != null && !staticFsArgs.isEmpty())) {
            json.set("static_fs_args", staticFsArgs);
        }
        if (staticIndex) {
            json.put("static_index", true);
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

    /** {@return text without the values of file-system arguments, because those may be secrets} */
    @Override
    public String toString() {
        return "configuration of " + name + " (" + configType + ", " + objects.size() + " objects)";
    }
}
