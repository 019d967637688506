package org.copick.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Map;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;

/** Reads configurations on the driver and applies the options that change them. */
final class ProjectReader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ProjectReader() {}

    /** Reads the configuration that options name, and checks that its project can be opened. Costs one read. */
    static Project read(CopickContext context, SourceOptions options) {
        try (Root root = context.openChanged(options.config(), read -> changed(read, options))) {
            Path base = root.baseFolder().orElse(Path.of("")).toAbsolutePath();
            return new Project(root.config().toJson(), base.toString());
        }
    }

    /** Returns a configuration with the file-system arguments that options give. */
    static ProjectConfig changed(ProjectConfig config, SourceOptions options) {
        if (options.fsArgs().isEmpty()) {
            return config;
        }
        try {
            ObjectNode fields = (ObjectNode) JSON.readTree(config.toJson());
            options.fsArgs().forEach((option, values) -> change(fields, option, values, options.config()));
            return ProjectConfig.parse(fields.toString(), options.config());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration is not JSON", e);
        }
    }

    private static void change(ObjectNode config, String option, Map<String, String> values, String location) {
        String rootField = option.replace("fs_args", "root");
        String root = config.path(rootField).textValue();
        if (root == null) {
            throw new InvalidConfigException("cannot apply the options " + option + ".KEY: the configuration "
                    + location + " has no " + rootField);
        }
        boolean used = !config.path("layers").isArray();
        if (!config.path(option).isObject()) {
            config.putObject(option);
        }
        set((ObjectNode) config.path(option), values);
        for (JsonNode layer : config.path("layers")) {
            if (root.equals(layer.path("root").textValue())) {
                used = true;
                if (layer.path("fs_args").isObject()) {
                    set((ObjectNode) layer.path("fs_args"), values);
                }
            }
        }
        if (!used) {
            throw new InvalidConfigException("cannot apply the options " + option + ".KEY: none of the layers of "
                    + location + " has the root that " + rootField + " names");
        }
    }

    private static void set(ObjectNode arguments, Map<String, String> values) {
        values.forEach((name, value) -> arguments.set(name, json(value)));
    }

    /** Returns a value as JSON if it is JSON, otherwise as text. */
    private static JsonNode json(String value) {
        try {
            JsonNode parsed = JSON.readTree(value);
            return parsed.isMissingNode() ? TextNode.valueOf(value) : parsed;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(value);
        }
    }
}
