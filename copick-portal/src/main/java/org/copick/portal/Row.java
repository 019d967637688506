package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a row that the portal has sent. Its messages name the table, the row's id and the field. */
final class Row {
    private final String table;
    private final ObjectNode fields;

    Row(String table, JsonNode row) {
        if (!(row instanceof ObjectNode object)) {
            throw new CorruptDataException("cannot read the portal's " + table + ": a row is not an object");
        }
        this.table = table;
        this.fields = object;
    }

    ObjectNode fields() {
        return fields;
    }

    long id(String name) {
        Long value = idOrNull(name);
        if (value == null) {
            throw wrong(name, "missing");
        }
        return value;
    }

    @Nullable Long idOrNull(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "no integer");
        }
        return value.longValue();
    }

    String text(String name) {
        String value = textOrNull(name);
        if (value == null) {
            throw wrong(name, "missing");
        }
        return value;
    }

    @Nullable String textOrNull(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(name, "no text");
        }
        return value.textValue();
    }

    double number(String name) {
        JsonNode value = fields.path(name);
        if (!value.isNumber()) {
            throw wrong(name, "no number");
        }
        return value.doubleValue();
    }

    boolean isTrue(String name) {
        return fields.path(name).asBoolean(false);
    }

    private CorruptDataException wrong(String name, String problem) {
        return new CorruptDataException("cannot read the portal's " + table + ": the field " + name + " of row "
                + fields.path("id").asText("without id") + " is " + problem);
    }
}
