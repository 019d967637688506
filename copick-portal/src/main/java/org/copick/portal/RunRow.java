package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A run of the portal.
 *
 * @param id the portal's id, which in decimal is the name of the run in copick
 * @param name the portal's name, which several runs may share
 * @param datasetId the dataset of the run, if the portal knows it
 */
record RunRow(long id, String name, @Nullable Long datasetId) {
    static RunRow of(JsonNode row) {
        Row fields = new Row("runs", row);
        return new RunRow(fields.id("id"), fields.text("name"), fields.idOrNull("datasetId"));
    }

    /** Returns the row that the portal sent. */
    ObjectNode row() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("datasetId", datasetId);
    }

    /** Returns the name of the run in copick. */
    String copickName() {
        return Long.toString(id);
    }

    @Override
    public String toString() {
        return "run " + id + " (" + name + (datasetId == null ? "" : " of dataset " + datasetId) + ")";
    }
}
