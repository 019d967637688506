package org.copick.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads, checks and writes the {@code layers} of a configuration's JSON form. */
final class LayerFields {
    private LayerFields() {}

    /** Reads the layers; returns null if the configuration has none. */
    static @Nullable List<LayerConfig> read(FieldReader config) {
        List<JsonNode> items = config.optionalList("layers");
        if (items == null) {
            return null;
        }
        List<LayerConfig> layers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode item : items) {
            String where = "layers[" + layers.size() + "]";
            if (!(item instanceof ObjectNode object)) {
                throw config.invalid(where, "must be an object");
            }
            FieldReader fields = new FieldReader(object, where + ".");
            LayerConfig layer = read(fields, layers.isEmpty());
            if (!names.add(layer.name())) {
                throw fields.invalid("name", "is also the name of another layer; give each layer a different name");
            }
            if (!layers.isEmpty() && !layer.readOnly()) {
                throw fields.invalid("read_only", "must be true: only the first layer may be writable");
            }
            layers.add(layer);
        }
        requireWhatPythonSees(config, layers);
        return layers;
    }

    private static LayerConfig read(FieldReader fields, boolean first) {
        String name = filled(fields, "name");
        String root = filled(fields, "root");
        ObjectNode arguments = fields.get("fs_args") == null ? null : fields.objectOrEmpty("fs_args");
        boolean readOnly = Objects.requireNonNullElse(fields.optionalBool("read_only"), !first);
        boolean staticIndex = Boolean.TRUE.equals(fields.optionalBool("static_index"));
        if (staticIndex && !readOnly) {
            throw fields.invalid("static_index", "needs read_only; a writable root is never opened through an index");
        }
        return new LayerConfig(name, root, arguments, readOnly, staticIndex, fields.unknown());
    }

    private static String filled(FieldReader fields, String name) {
        String text = fields.text(name);
        if (text.isEmpty()) {
            throw fields.invalid(name, "must not be empty");
        }
        return text;
    }

    /**
     * Checks that the roots that Python reads are the roots of layers.
     *
     * <p>Python knows two roots and ignores the layers. The overlay root must be the first layer's root and the static
     * root must be the root of a later one.
     */
    private static void requireWhatPythonSees(FieldReader config, List<LayerConfig> layers) {
        if (layers.isEmpty()) {
            throw config.invalid("layers", "must hold at least one layer, or be left out");
        }
        if (!layers.get(0).root().equals(config.optionalText("overlay_root"))) {
            throw config.invalid(
                    "overlay_root",
                    "must be spelled exactly like the root of the first layer; Python would write elsewhere");
        }
        String shared = config.optionalText("static_root");
        if (shared != null
                && layers.stream().skip(1).noneMatch(layer -> layer.root().equals(shared))) {
            throw config.invalid(
                    "static_root",
                    "must be spelled exactly like the root of a layer below the first; Python would see other data");
        }
    }

    static void write(List<LayerConfig> layers, ArrayNode into) {
        for (LayerConfig layer : layers) {
            ObjectNode json = into.addObject();
            json.put("name", layer.name());
            json.put("root", layer.root());
            if (layer.arguments() != null) {
                json.set("fs_args", layer.arguments());
            }
            json.put("read_only", layer.readOnly());
            if (layer.staticIndex()) {
                json.put("static_index", true);
            }
            json.setAll(new LinkedHashMap<>(layer.unknownFields()));
        }
    }
}
