package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** Reads those fields of a configuration's JSON form that are more than plain text. */
final class ConfigFields {
    private ConfigFields() {}

    static List<ObjectDefinition> objects(FieldReader fields) {
        List<ObjectDefinition> objects = new ArrayList<>();
        fields.required("pickable_objects");
        for (JsonNode item : Objects.requireNonNull(fields.optionalList("pickable_objects"))) {
            String where = "pickable_objects[" + objects.size() + "]";
            if (!(item instanceof ObjectNode object)) {
                throw fields.invalid(where, "must be an object");
            }
            objects.add(ObjectDefinition.parse(object, where + "."));
        }
        return objects;
    }

    static @Nullable String personal(FieldReader fields, String name) {
        String text = fields.optionalText(name);
        if (text != null && !EntityNames.isSanitized(text)) {
            throw fields.invalid(name, "is \"" + text + "\" and " + EntityNames.refusal(text));
        }
        return text;
    }

    static @Nullable List<String> texts(FieldReader fields, String name) {
        List<JsonNode> values = fields.optionalList(name);
        return values == null
                ? null
                : values.stream().map(value -> fields.asText(name, value)).toList();
    }

    static @Nullable List<Double> decimals(FieldReader fields) {
        List<JsonNode> values = fields.optionalList("voxel_spacings");
        return values == null
                ? null
                : values.stream()
                        .map(value -> fields.asDecimal("voxel_spacings", value))
                        .toList();
    }

    static @Nullable Map<Double, List<String>> tomograms(FieldReader fields) {
        if (fields.has("tomograms") && fields.get("tomograms") == null) {
            return null;
        }
        Map<Double, List<String>> bySpacing = new LinkedHashMap<>();
        fields.objectOrEmpty("tomograms").properties().forEach(entry -> {
            if (!entry.getValue().isArray()) {
                throw fields.invalid("tomograms", "must give a list of types for each voxel spacing");
            }
            try {
                bySpacing.put(
                        Double.valueOf(entry.getKey()),
                        entry.getValue()
                                .valueStream()
                                .map(type -> fields.asText("tomograms", type))
                                .toList());
            } catch (NumberFormatException e) {
                throw fields.invalid("tomograms", "must have voxel spacings as keys");
            }
        });
        return Collections.unmodifiableMap(bySpacing);
    }

    /** Reads whether the static root has an index to open it through. */
    static boolean staticIndex(FieldReader fields, @Nullable String staticRoot, @Nullable List<LayerConfig> layers) {
        boolean asked = Boolean.TRUE.equals(fields.optionalBool("static_index"));
        if (asked && layers != null) {
            throw fields.invalid(
                    "static_index", "must be set in the layer to list by its index, not beside the layers");
        }
        if (asked && staticRoot == null) {
            throw fields.invalid(
                    "static_index", "needs a static_root; a writable root is never opened through an index");
        }
        return asked;
    }

    static @Nullable ObjectNode arguments(FieldReader fields, String name) {
        return fields.has(name) && fields.get(name) == null ? null : fields.objectOrEmpty(name);
    }

    /** Returns the JSON form of a value that {@link #tomograms} has read. */
    static ObjectNode tree(Map<Double, List<String>> tomograms) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        tomograms.forEach((size, types) -> json.set(Double.toString(size), JsonTree.tree(types)));
        return json;
    }
}
