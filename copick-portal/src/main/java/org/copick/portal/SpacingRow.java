package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A voxel spacing of a run.
 *
 * @param voxelSpacing the spacing in Å, not rounded
 */
record SpacingRow(long id, long runId, double voxelSpacing) {
    static SpacingRow of(JsonNode row) {
        Row fields = new Row("tomogramVoxelSpacings", row);
        return new SpacingRow(fields.id("id"), fields.id("runId"), fields.number("voxelSpacing"));
    }

    /** Returns the row that the portal sent. */
    ObjectNode row() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("runId", runId)
                .put("voxelSpacing", voxelSpacing);
    }
}
