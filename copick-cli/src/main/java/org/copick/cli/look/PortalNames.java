package org.copick.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.StringJoiner;
import org.copick.Entity;
import org.copick.Run;
import org.copick.internal.json.JsonTree;

/** The names that the CryoET Data Portal gives to runs and tomograms. Other projects have none. */
final class PortalNames {
    private PortalNames() {}

    /** Adds the portal's name and dataset of the run, and the portal's id of a tomogram, as the field {@code portal}. */
    static void add(ObjectNode row, Run run, Entity entity) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        put(names, "run_name", run.metadata(), "portal_run_name");
        put(names, "dataset_id", run.metadata(), "portal_dataset_id");
        put(names, "tomogram_id", entity.metadata(), "portal_tomo_id");
        if (!names.isEmpty()) {
            row.set("portal", names);
        }
    }

    private static void put(ObjectNode names, String field, Map<String, Object> metadata, String name) {
        Object value = metadata.get(name);
        if (value != null) {
            names.set(field, JsonTree.tree(value));
        }
    }

    /** Returns the names in a row as one text, such as {@code TS_001 of dataset 10501}; empty if it has none. */
    static String text(JsonNode row) {
        JsonNode names = row.path("portal");
        StringJoiner text = new StringJoiner(" ");
        if (names.has("run_name")) {
            text.add(names.path("run_name").asText());
        }
        if (names.has("dataset_id")) {
            text.add("of dataset " + names.path("dataset_id").asText());
        }
        String run = text.toString();
        return names.has("tomogram_id")
                ? "tomogram " + names.path("tomogram_id").asText() + " of " + run
                : run;
    }
}
