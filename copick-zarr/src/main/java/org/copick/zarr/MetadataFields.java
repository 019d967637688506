package org.copick.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Arrays;
import org.copick.error.CorruptDataException;

/** Reads the fields of an array's metadata; errors name the field. */
final class MetadataFields {
    private static final int MOST_DIMENSIONS = 32;

    private final ObjectNode json;
    private final String document;

    MetadataFields(ObjectNode json, String document) {
        this.json = json;
        this.document = document;
    }

    CorruptDataException corrupt(String field, String problem) {
        return new CorruptDataException(document + ": " + field + " " + problem);
    }

    CorruptDataException corrupt(String field, JsonNode value) {
        return corrupt(field, "is " + MetadataJson.shown(value));
    }

    JsonNode get(String field) {
        return json.path(field);
    }

    /** Returns lengths along axes; a single number is the length of the only axis. */
    long[] lengths(String field, JsonNode given, long least) {
        JsonNode values =
                given.isIntegralNumber() ? JsonNodeFactory.instance.arrayNode().add(given) : given;
        if (!values.isArray()) {
            throw corrupt(field, "must be a list of lengths, but is " + MetadataJson.shown(values));
        }
        if (values.size() > MOST_DIMENSIONS) {
            throw corrupt(field, "has " + values.size() + " dimensions");
        }
        long[] lengths = new long[values.size()];
        for (int i = 0; i < lengths.length; i++) {
            JsonNode value = values.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
                throw corrupt(field, "holds " + MetadataJson.shown(value));
            }
            lengths[i] = value.longValue();
        }
        return lengths;
    }

    /** Returns the shape, after checking that it is plausible. */
    long[] shape(DataType type) {
        long[] shape = lengths("shape", get("shape"), 0);
        BigInteger size = BigInteger.valueOf(type.bytes());
        for (long length : shape) {
            size = size.multiply(BigInteger.valueOf(Math.max(1, length)));
        }
        if (size.bitLength() > 62) {
            throw corrupt("shape", Arrays.toString(shape) + " is too large for any array");
        }
        return shape;
    }

    String text(String field, JsonNode value, String byDefault) {
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (!value.isTextual()) {
            throw corrupt(field, "must be text, but is " + MetadataJson.shown(value));
        }
        return value.textValue();
    }

    /** Returns a separator of indices in keys. */
    char separator(String field, JsonNode value, String byDefault) {
        String separator = text(field, value, byDefault);
        if (!separator.equals(".") && !separator.equals("/")) {
            throw corrupt(field, value);
        }
        return separator.charAt(0);
    }
}
