package org.copick.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.copick.error.InvalidConfigException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.jspecify.annotations.Nullable;

/** The configuration's JSON form, both ways. */
final class ConfigJson {
    /** Made when something is written first, for what it costs; see {@link JsonTree}. */
    private static final class Writing {
        static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
                        // as Python does, so that numbers stay numbers
                        .configure(JsonWriteFeature.WRITE_NAN_AS_STRINGS, false)
                        .build())
                .build();
    }

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private ConfigJson() {}

    static ProjectConfig parse(String json, String location) {
        if (json.isBlank()) {
            throw new InvalidConfigException("invalid configuration " + location + ": it is empty");
        }
        JsonNode tree;
        try {
            // editors of Windows put a byte order mark before what they save as UTF-8
            tree = JsonTree.readExactly(json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json);
        } catch (StreamConstraintsException e) {
            throw new InvalidConfigException(
                    "invalid configuration " + location + ": " + JsonFailure.text(e) + place(e.getLocation()), e);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            // the parser's own message quotes the text around the error, which may be a secret
            throw new InvalidConfigException("invalid configuration " + location + ": not JSON at line "
                    + (at == null ? "?" : at.getLineNr() + ", column " + at.getColumnNr())
                    + "; comments and trailing commas are not allowed");
        } catch (IOException e) {
            throw new InvalidConfigException("invalid configuration " + location + ": it cannot be read", e);
        }
        if (!(tree instanceof ObjectNode root)) {
            throw new InvalidConfigException("invalid configuration " + location + ": it must be a JSON object");
        }
        try {
            return read(new JsonFields(root, ""));
        } catch (InvalidConfigException e) {
            throw new InvalidConfigException(
                    Objects.requireNonNull(e.getMessage())
                            .replace("invalid configuration:", "invalid configuration " + location + ":"),
                    e);
        }
    }

    private static String place(@Nullable JsonLocation at) {
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static ProjectConfig read(JsonFields fields) {
        String configType = Objects.requireNonNullElse(fields.optionalText("config_type"), ProjectConfig.FILESYSTEM);
        String overlayRoot = fields.optionalText("overlay_root");
        if (overlayRoot == null && configType.equals(ProjectConfig.FILESYSTEM)) {
            throw fields.invalid("overlay_root", "is missing; it names the writable root");
        }
        return new ProjectConfig(
                fields.textOr("name", "CoPick"),
                fields.textOr("description", "Let's CoPick!"),
                fields.textOr("version", "0.2.0"),
                objects(fields),
                personal(fields, "user_id"),
                personal(fields, "session_id"),
                texts(fields, "runs"),
                decimals(fields),
                tomograms(fields),
                configType,
                overlayRoot,
                fields.optionalText("static_root"),
                arguments(fields, "overlay_fs_args"),
                arguments(fields, "static_fs_args"),
                configType.equals(ProjectConfig.FILESYSTEM) ? LayerFields.read(fields) : null,
                DiskCacheConfig.read(fields),
                fields.unknown());
    }

    static String write(ProjectConfig config) {
        JsonMapper mapper = Writing.MAPPER;
        ObjectNode json = mapper.createObjectNode();
        json.put("name", config.name());
        json.put("description", config.description());
        json.put("version", config.version());
        var objects = json.putArray("pickable_objects");
        config.objects().forEach(object -> objects.add(object.toJson()));
        json.put("user_id", config.userId());
        json.put("session_id", config.sessionId());
        json.set("runs", mapper.valueToTree(config.runs()));
        json.set("voxel_spacings", mapper.valueToTree(config.voxelSpacings()));
        json.set("tomograms", mapper.valueToTree(config.tomograms()));
        json.put("config_type", config.configType());
        json.put("overlay_root", config.overlayRoot());
        if (config.configType().equals(ProjectConfig.FILESYSTEM)) {
            json.put("static_root", config.staticRoot());
        }
        json.set("overlay_fs_args", config.overlayFsArgs());
        if (config.configType().equals(ProjectConfig.FILESYSTEM)) {
            json.set("static_fs_args", config.staticFsArgs());
        }
        if (config.layers() != null) {
            LayerFields.write(config.layers(), json.putArray("layers"));
        }
        if (config.diskCache() != null) {
            config.diskCache().write(json.putObject("disk_cache"));
        }
        json.setAll(new LinkedHashMap<>(config.unknown()));
        try {
            return mapper.writer(pythonStyle()).writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private static DefaultPrettyPrinter pythonStyle() {
        DefaultIndenter indent = new DefaultIndenter("    ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(indent);
        printer.indentArraysWith(indent);
        return printer;
    }

    private static List<ObjectDefinition> objects(JsonFields fields) {
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

    private static @Nullable String personal(JsonFields fields, String name) {
        String text = fields.optionalText(name);
        if (text != null && !EntityNames.isSanitized(text)) {
            throw fields.invalid(name, "is \"" + text + "\" and " + EntityNames.refusal(text));
        }
        return text;
    }

    private static @Nullable List<String> texts(JsonFields fields, String name) {
        List<JsonNode> values = fields.optionalList(name);
        return values == null
                ? null
                : values.stream().map(value -> fields.asText(name, value)).toList();
    }

    private static @Nullable List<Double> decimals(JsonFields fields) {
        List<JsonNode> values = fields.optionalList("voxel_spacings");
        return values == null
                ? null
                : values.stream()
                        .map(value -> fields.asDecimal("voxel_spacings", value))
                        .toList();
    }

    private static @Nullable Map<Double, List<String>> tomograms(JsonFields fields) {
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
        return bySpacing;
    }

    private static @Nullable ObjectNode arguments(JsonFields fields, String name) {
        return fields.has(name) && fields.get(name) == null ? null : fields.objectOrEmpty(name);
    }
}
