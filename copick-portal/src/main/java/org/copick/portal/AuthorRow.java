package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An author of a tomogram or an annotation.
 *
 * @param ofId the id of the tomogram or annotation
 */
record AuthorRow(long ofId, String name) {
    static AuthorRow ofTomogram(JsonNode row) {
        Row fields = new Row("tomogramAuthors", row);
        return new AuthorRow(fields.id("tomogramId"), fields.text("name"));
    }

    static AuthorRow ofAnnotation(JsonNode row) {
        Row fields = new Row("annotationAuthors", row);
        return new AuthorRow(fields.id("annotationId"), fields.text("name"));
    }

    /**
     * Returns the row that the portal sent.
     *
     * @param owner the field of the id of the tomogram or annotation
     */
    ObjectNode row(String owner) {
        return JsonNodeFactory.instance.objectNode().put(owner, ofId).put("name", name);
    }
}
