package org.copick.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidNameException;
import org.copick.internal.json.JsonFailure;
import org.copick.internal.json.JsonTree;
import org.copick.storage.Keys;
import org.copick.storage.ObjectStore;

/** Reads metadata documents, including the bare NaN and Infinity that Python writes. */
final class MetadataJson {
    private MetadataJson() {}

    static Optional<ObjectNode> read(ObjectStore store, String key) {
        return store.read(key).map(object -> parse(object.bytes(), store.location() + "/" + key));
    }

    static ObjectNode parse(byte[] bytes, String location) {
        try {
            JsonNode tree = JsonTree.read(bytes);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new CorruptDataException(location + " is not a JSON object");
        } catch (StreamConstraintsException e) {
            throw new CorruptDataException(location + ": " + JsonFailure.text(e), e);
        } catch (JsonProcessingException e) {
            throw new CorruptDataException(location + " is not valid JSON: " + JsonFailure.text(e), e);
        } catch (IOException e) {
            throw new CorruptDataException(location + " cannot be read as JSON", e);
        }
    }

    static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    static void requireFormat(ObjectNode metadata, int expected, String document) {
        JsonNode format = metadata.path("zarr_format");
        if (!format.isNumber() || format.doubleValue() != expected) {
            throw new CorruptDataException(
                    document + " has zarr_format " + shown(format) + " where " + expected + " is expected");
        }
    }

    /**
     * Returns a path in metadata as zarr-python normalises it: leading, trailing and repeated separators are dropped.
     *
     * @param holder what the path belongs to, with its location, as the start of a message
     * @throws CorruptDataException if it is not a key then
     */
    static String key(String path, String holder) {
        String key = path.replace('\\', '/').replaceAll("/+", "/").replaceAll("^/|/$", "");
        try {
            return Keys.checked(key);
        } catch (InvalidNameException e) {
            throw new CorruptDataException(holder + " has an invalid path: " + e.getMessage(), e);
        }
    }

    static String shown(JsonNode value) {
        return shortened(value.isMissingNode() ? "missing" : value.toString());
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
