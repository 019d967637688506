package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the {@code layers} of a configuration.
 *
 * @param name what people call it, unlike that of any other layer
 * @param root a path or URL
 * @param fsArgs its own file-system arguments, which may hold secrets; null where it has none, see
 *     {@link ProjectConfig#fsArgs}
 * @param readOnly whether nothing may be created, changed or deleted in it
 * @param unknown fields of later versions, kept when saving
 */
public record LayerConfig(
        String name, String root, @Nullable ObjectNode fsArgs, boolean readOnly, Map<String, JsonNode> unknown) {

    /** No values of file-system arguments, because those may be secrets. */
    @Override
    public String toString() {
        return "layer " + name + " at " + root + (readOnly ? " (read-only)" : "");
    }
}
