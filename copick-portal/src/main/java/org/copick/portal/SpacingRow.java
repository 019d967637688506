package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;

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
}
