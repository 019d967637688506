package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An annotation: an object, found by a method.
 *
 * @param spacingId the voxel spacing, for files that name none
 * @param objectId the identifier of the annotated object, such as {@code GO:0022626}
 * @param fields all fields that were asked for
 */
record AnnotationRow(long id, long runId, @Nullable Long spacingId, String objectId, ObjectNode fields) {
    static AnnotationRow of(JsonNode row) {
        Row fields = new Row("annotations", row);
        return new AnnotationRow(
                fields.id("id"),
                fields.id("runId"),
                fields.idOrNull("tomogramVoxelSpacingId"),
                fields.text("objectId"),
                fields.fields());
    }
}
