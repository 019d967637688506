package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;

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
}
