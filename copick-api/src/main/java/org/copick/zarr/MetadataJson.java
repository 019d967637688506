package org.copick.zarr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.copick.error.CorruptDataException;
import org.copick.storage.ObjectStore;

/** Reads metadata documents; Python writes bare NaN and Infinity into them. */
final class MetadataJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(200).build())
                    .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, true)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MetadataJson() {}

    static Optional<ObjectNode> read(ObjectStore store, String key) {
        return store.read(key).map(object -> parse(object.bytes(), store.location() + "/" + key));
    }

    static ObjectNode parse(byte[] bytes, String location) {
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new CorruptDataException(location + " holds no JSON object");
        } catch (JsonProcessingException e) {
            throw new CorruptDataException(location + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CorruptDataException(location + " is no JSON text", e);
        }
    }

    static ObjectNode emptyObject() {
        return MAPPER.createObjectNode();
    }

    static void requireFormat(ObjectNode metadata, int expected, String document) {
        JsonNode format = metadata.path("zarr_format");
        if (!format.isInt() || format.intValue() != expected) {
            throw new CorruptDataException(
                    document + " has zarr_format " + shown(format) + " where " + expected + " is expected");
        }
    }

    static String shown(JsonNode value) {
        return shortened(value.isMissingNode() ? "missing" : value.toString());
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
