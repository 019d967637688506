package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A form of an annotation, such as {@code Point} or {@code SegmentationMask}.
 *
 * @param fields all fields that were asked for
 */
record ShapeRow(long id, long annotationId, String shapeType, ObjectNode fields) {
    static ShapeRow of(JsonNode row) {
        Row fields = new Row("annotationShapes", row);
        return new ShapeRow(fields.id("id"), fields.id("annotationId"), fields.text("shapeType"), fields.fields());
    }

    boolean isPoints() {
        return shapeType.equals("Point") || isOriented();
    }

    boolean isOriented() {
        return shapeType.equals("OrientedPoint");
    }

    boolean isMask() {
        return shapeType.equals("SegmentationMask") || isInstanceMask();
    }

    boolean isInstanceMask() {
        return shapeType.equals("InstanceSegmentationMask");
    }
}
