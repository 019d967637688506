package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** One of the {@code layers} of a configuration. Immutable. */
public final class LayerConfig {
    private final String name;
    private final String root;
    private final @Nullable ObjectNode fsArgs;
    private final boolean readOnly;
    private final boolean staticIndex;
    private final Map<String, JsonNode> unknown;

    LayerConfig(
            String name,
            String root,
            @Nullable ObjectNode fsArgs,
            boolean readOnly,
            boolean staticIndex,
            Map<String, JsonNode> unknown) {
        this.name = name;
        this.root = root;
        this.fsArgs = fsArgs;
        this.readOnly = readOnly;
        this.staticIndex = staticIndex;
        this.unknown = unknown;
    }

    /** {@return the name that people use, unique among the layers} */
    public String name() {
        return name;
    }

    /** {@return the root, a path or URL} */
    public String root() {
        return root;
    }

    /**
     * {@return the layer's own file-system arguments, which may hold secrets; empty if it has none}
     *
     * <p>{@link ProjectConfig#fsArgs} returns the arguments that the layer is opened with.
     */
    public Optional<Map<String, @Nullable Object>> fsArgs() {
        return Optional.ofNullable(fsArgs).map(JsonTree::plainFields);
    }

    /** {@return whether nothing may be created, changed or deleted in the layer} */
    public boolean readOnly() {
        return readOnly;
    }

    /** {@return whether the layer is opened through the index beside its root, which must then exist} */
    public boolean staticIndex() {
        return staticIndex;
    }

    /** {@return the fields of later versions, kept when saving} */
    public Map<String, @Nullable Object> unknown() {
        return JsonTree.plainFields(unknown);
    }

    @Nullable ObjectNode arguments() {
        return fsArgs;
    }

    Map<String, JsonNode> unknownFields() {
        return unknown;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LayerConfig that
                && name.equals(that.name)
                && root.equals(that.root)
                && Objects.equals(fsArgs, that.fsArgs)
                && readOnly == that.readOnly
                && staticIndex == that.staticIndex
                && unknown.equals(that.unknown);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, root);
    }

    /** {@return text without the values of file-system arguments, because those may be secrets} */
    @Override
    public String toString() {
        return "layer " + name + " at " + root + (readOnly ? " (read-only)" : "");
    }
}
