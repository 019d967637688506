package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A file of an annotation's shape.
 *
 * @param id the portal's id, which in decimal is the session of the annotation in copick
 * @param spacingId the voxel spacing; null if the portal names none
 * @param fields all fields that were asked for
 */
record FileRow(long id, long shapeId, @Nullable Long spacingId, String format, String s3Path, ObjectNode fields) {
    static FileRow of(JsonNode row) {
        Row fields = new Row("annotationFiles", row);
        return new FileRow(
                fields.id("id"),
                fields.id("annotationShapeId"),
                fields.idOrNull("tomogramVoxelSpacingId"),
                fields.text("format"),
                fields.text("s3Path"),
                fields.fields());
    }
}
