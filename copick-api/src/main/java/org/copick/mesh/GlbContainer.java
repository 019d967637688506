package org.copick.mesh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.internal.json.JsonFailure;

/**
 * The two chunks of a GLB file.
 *
 * <p>JglTF's own container reader refuses unknown chunks, which glTF allows, and creates an object for every chunk, of
 * which a hostile file has millions.
 *
 * @param json the description
 * @param binary the data that the description refers to; empty if the file has none
 */
record GlbContainer(ObjectNode json, ByteBuffer binary) {
    /**
     * Limits the tokens, because a tree takes up to a hundred bytes for each; accepts NaN and Infinity, which Python
     * writes.
     */
    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxTokenCount(Runtime.getRuntime().maxMemory() / 256)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static final int HEADER = 12;
    static final int CHUNK_HEADER = 8;
    static final int MAGIC = 0x46546c67;
    static final int JSON_CHUNK = 0x4e4f534a;
    static final int BINARY_CHUNK = 0x004e4942;
    static final int LONGEST_JSON = 64 << 20;

    static GlbContainer parse(byte[] glb, String location, Findings findings) {
        ByteBuffer file = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN);
        if (isGltfText(glb)) {
            throw new UnsupportedFeatureException(location + " is glTF text; save it as GLB (.glb)");
        }
        if (glb.length < HEADER + CHUNK_HEADER || file.getInt(0) != MAGIC) {
            throw new CorruptDataException(location + " is not a GLB file");
        }
        if (file.getInt(4) != 2) {
            throw new CorruptDataException(location + " is GLB version " + Integer.toUnsignedString(file.getInt(4))
                    + "; only version 2 is supported");
        }
        if (file.getInt(8) < HEADER || file.getInt(8) > glb.length) {
            throw new CorruptDataException(location + " is truncated: it should have "
                    + Integer.toUnsignedString(file.getInt(8)) + " bytes but has " + glb.length);
        }
        file.limit(file.getInt(8));
        if (glb.length > file.limit()) {
            findings.addForPython(
                    "bytes behind the length that the file declares, which Python copick may refuse",
                    String.valueOf(glb.length - file.limit()));
        }
        ObjectNode json = null;
        ByteBuffer binary = ByteBuffer.allocate(0);
        int at = HEADER;
        while (at <= file.limit() - CHUNK_HEADER) {
            int length = file.getInt(at);
            int type = file.getInt(at + 4);
            at += CHUNK_HEADER;
            if (length < 0 || length > file.limit() - at) {
                throw new CorruptDataException(location + ": a chunk extends beyond the end of the file");
            }
            if (json == null) {
                if (type != JSON_CHUNK) {
                    throw new CorruptDataException(location + ": the first chunk is not the JSON one");
                }
                json = json(file.slice(at, length), location, findings);
            } else if (type == BINARY_CHUNK) {
                binary = file.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
                break;
            }
            at += length;
        }
        if (json == null) {
            throw new CorruptDataException(location + " has no JSON chunk");
        }
        return new GlbContainer(json, binary);
    }

    /** Returns whether the file is a glTF description as text, whose data is in other files. */
    private static boolean isGltfText(byte[] file) {
        int start = 0;
        while (start < file.length && Character.isWhitespace(file[start])) {
            start++;
        }
        return start < file.length && file[start] == '{';
    }

    private static ObjectNode json(ByteBuffer bytes, String location, Findings findings) {
        if (bytes.remaining() > LONGEST_JSON) {
            throw new CorruptDataException(
                    location + ": its JSON chunk has " + bytes.remaining() + " bytes, more than " + LONGEST_JSON);
        }
        // some writers pad it with zeros instead of spaces
        int end = bytes.limit();
        while (end > 0 && bytes.get(end - 1) == 0) {
            end--;
        }
        if (end < bytes.limit()) {
            findings.addForPython(
                    "zeros behind the JSON, which Python copick may refuse", String.valueOf(bytes.limit() - end));
        }
        byte[] text = new byte[end];
        bytes.get(0, text);
        bytes.get(text);
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new CorruptDataException(location + ": its JSON is not an object");
        } catch (JsonProcessingException e) {
            throw new CorruptDataException(location + ": its JSON is broken: " + JsonFailure.text(e), e);
        } catch (IOException e) {
            throw new CorruptDataException(location + ": its JSON cannot be read", e);
        }
    }
}
