package org.copick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;

/**
 * Checks every reference of a glTF description before any data is loaded.
 *
 * <p>Every reference must have a target, everything that is counted must exist, and nothing may refer to data outside
 * the file.
 */
final class GltfCheck {
    static final int BYTE = 5120;
    static final int UNSIGNED_BYTE = 5121;
    static final int SHORT = 5122;
    static final int UNSIGNED_SHORT = 5123;
    static final int UNSIGNED_INT = 5125;
    static final int FLOAT = 5126;

    private static final Map<Integer, Integer> COMPONENT_BYTES =
            Map.of(BYTE, 1, UNSIGNED_BYTE, 1, SHORT, 2, UNSIGNED_SHORT, 2, UNSIGNED_INT, 4, FLOAT, 4);
    private static final Map<String, Integer> COMPONENTS =
            Map.of("SCALAR", 1, "VEC2", 2, "VEC3", 3, "VEC4", 4, "MAT2", 4, "MAT3", 9, "MAT4", 16);
    private static final Pattern VERSION = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})");
    /** Most elements of each kind in a file. */
    static final int MOST_ELEMENTS = 1_000_000;
    /** Most elements of an accessor; an array holds up to four numbers for each. */
    private static final int MOST_IN_ARRAY = Integer.MAX_VALUE / 4;

    private final JsonNode json;
    private final long binaryBytes;
    private final String location;
    /** Bytes of all geometries after decoding. Geometries may share data in the file. */
    private long decodedBytes;

    GltfCheck(GlbContainer container, String location) {
        this.json = container.json();
        this.binaryBytes = container.binary().capacity();
        this.location = location;
    }

    void check() {
        checkVersion();
        GltfExtensions.checkRequired(list(json, "extensionsRequired"), location);
        for (String list : new String[] {"buffers", "bufferViews", "accessors", "meshes", "nodes", "scenes"}) {
            JsonNode elements = list(json, list);
            if (elements.size() > MOST_ELEMENTS) {
                throw corrupt("it has " + elements.size() + " " + list + ", more than " + MOST_ELEMENTS);
            }
            for (JsonNode element : elements) {
                if (!element.isObject()) {
                    throw corrupt("one of its " + list + " is " + shown(element) + ", not an object");
                }
            }
        }
        checkBuffers();
        json.path("bufferViews").forEach(this::checkView);
        json.path("accessors").forEach(this::checkAccessor);
        json.path("meshes").forEach(this::checkMesh);
    }

    /** Refuses a file that requires a version newer than glTF 2.0. */
    private void checkVersion() {
        JsonNode least = json.path("asset").path("minVersion");
        Matcher version = VERSION.matcher(least.asText());
        if (version.matches()
                && (Integer.parseInt(version.group(1)) > 2
                        || (Integer.parseInt(version.group(1)) == 2 && Integer.parseInt(version.group(2)) > 0))) {
            throw new UnsupportedFeatureException(
                    location + " needs glTF " + shown(least.asText()) + "; save it as glTF 2.0");
        }
    }

    private void checkBuffers() {
        JsonNode buffers = json.path("buffers");
        buffers.forEach(buffer -> GltfExtensions.refuseCompression(buffer, location));
        if (buffers.size() > 1) {
            throw new UnsupportedFeatureException(
                    location + " has " + buffers.size() + " buffers; save it as one GLB file, which has one buffer");
        }
        for (JsonNode buffer : buffers) {
            if (buffer.path("uri").asText().startsWith("data:")) {
                throw new UnsupportedFeatureException(
                        location + ": its buffer is a data URI; save it as GLB with embedded data");
            }
            if (buffer.has("uri")) {
                throw new UnsupportedFeatureException(
                        location + " refers to data outside the file, which is not opened; save it as one GLB file");
            }
            long length = whole(buffer, "byteLength", -1);
            if (length > binaryBytes) {
                throw corrupt("its binary data should have " + length + " bytes but has " + binaryBytes);
            }
        }
    }

    private void checkView(JsonNode view) {
        if (whole(view, "buffer", -1) >= json.path("buffers").size()) {
            throw corrupt("a buffer view refers to a missing buffer");
        }
        long start = whole(view, "byteOffset", 0);
        long length = whole(view, "byteLength", -1);
        if (start > binaryBytes - length) {
            throw corrupt("a buffer view extends beyond the data");
        }
        if (view.has("byteStride") && whole(view, "byteStride", 0) < 1) {
            throw corrupt("a buffer view has stride 0");
        }
    }

    private void checkAccessor(JsonNode accessor) {
        long count = whole(accessor, "count", -1);
        long element = elementBytes(accessor);
        if (accessor.has("bufferView")) {
            checkInterleaved(accessor, count, element);
        } else if (count * element > Math.max(1 << 20, 64 * binaryBytes)) {
            throw corrupt("an accessor without data claims " + count + " elements");
        } else {
            reserve(element, accessor);
        }
        if (accessor.has("sparse")) {
            checkSparse(accessor, count, element);
        }
    }

    /** Checks an accessor that replaces a few elements of its data, or of zeros if it has no other data. */
    private void checkSparse(JsonNode accessor, long elements, long elementBytes) {
        JsonNode sparse = accessor.path("sparse");
        long count = whole(sparse, "count", -1);
        int type = (int) whole(sparse.path("indices"), "componentType", -1);
        if (count > elements || (type != UNSIGNED_BYTE && type != UNSIGNED_SHORT && type != UNSIGNED_INT)) {
            throw corrupt("a sparse accessor replaces " + count + " of " + elements + " elements, with indices of type "
                    + type);
        }
        checkFits(sparse.path("indices"), count, Objects.requireNonNull(COMPONENT_BYTES.get(type)));
        checkFits(sparse.path("values"), count, elementBytes);
        reserve(elementBytes, accessor);
    }

    private void checkFits(JsonNode holder, long count, long bytesEach) {
        JsonNode view = view(holder);
        if (whole(holder, "byteOffset", 0) + count * bytesEach > whole(view, "byteLength", -1)) {
            throw corrupt("a sparse accessor extends beyond its buffer view");
        }
    }

    private JsonNode view(JsonNode holder) {
        JsonNode view = json.path("bufferViews").path((int) whole(holder, "bufferView", -1));
        if (view.isMissingNode()) {
            throw corrupt("an accessor refers to a missing buffer view");
        }
        return view;
    }

    private static boolean hasData(JsonNode accessor) {
        return accessor.has("bufferView") || accessor.has("sparse");
    }

    private void checkInterleaved(JsonNode holder, long count, long element) {
        JsonNode view = view(holder);
        long stride = whole(view, "byteStride", element);
        long start = whole(holder, "byteOffset", 0);
        long length = whole(view, "byteLength", -1);
        // counts and strides are at most 2^31, so nothing overflows
        if (count > 0 && start + (count - 1) * stride + element > length) {
            throw corrupt("an accessor of " + count + " elements extends beyond its buffer view");
        }
    }

    private void checkMesh(JsonNode mesh) {
        if (!mesh.path("primitives").isArray()) {
            throw corrupt("a mesh has no primitives");
        }
        for (JsonNode primitive : mesh.path("primitives")) {
            if (whole(primitive, "mode", 4) > 6) {
                throw corrupt("a primitive has mode " + shown(primitive.path("mode")) + ", which does not exist");
            }
            JsonNode position = accessor(primitive.path("attributes"), "POSITION");
            if (!position.path("type").asText().equals("VEC3")
                    || position.path("componentType").asInt() == UNSIGNED_INT) {
                throw corrupt("positions are not three floats each");
            }
            if (!hasData(position) || (primitive.has("indices") && !hasData(accessor(primitive, "indices")))) {
                GltfExtensions.refuseCompression(primitive, location);
            }
            if (primitive.has("indices")) {
                JsonNode indices = accessor(primitive, "indices");
                int type = indices.path("componentType").asInt();
                if (!indices.path("type").asText().equals("SCALAR")
                        || (type != UNSIGNED_BYTE && type != UNSIGNED_SHORT && type != UNSIGNED_INT)) {
                    throw corrupt("indices are not whole numbers");
                }
            }
            if (primitive.path("attributes").has("COLOR_0")) {
                accessor(primitive.path("attributes"), "COLOR_0");
            }
            // bytes for vertices, colours and, without indices, the numbers of all vertices; each is read through a
            // copy
            reserve(40, position);
            if (primitive.has("indices")) {
                reserve(20, accessor(primitive, "indices"));
            }
        }
    }

    private void reserve(long bytesEach, JsonNode accessor) {
        long count = whole(accessor, "count", -1);
        decodedBytes += bytesEach * count;
        if (count > MOST_IN_ARRAY || decodedBytes > Runtime.getRuntime().maxMemory() / 2) {
            throw corrupt("its geometries do not fit into memory");
        }
    }

    private JsonNode accessor(JsonNode holder, String field) {
        long index = whole(holder, field, -1);
        if (index >= json.path("accessors").size()) {
            throw corrupt(field + " refers to a missing accessor");
        }
        return json.path("accessors").path((int) index);
    }

    private long elementBytes(JsonNode accessor) {
        Integer component = COMPONENT_BYTES.get((int) whole(accessor, "componentType", -1));
        Integer components = COMPONENTS.get(accessor.path("type").asText());
        if (component == null || components == null) {
            throw corrupt("an accessor has the invalid type " + shown(accessor.path("componentType")) + " "
                    + shown(accessor.path("type")));
        }
        return (long) component * components;
    }

    /**
     * Returns an integer from 0 to 2³¹ − 1.
     *
     * @param byDefault the value if the field is missing; if negative, the field is required
     */
    long whole(JsonNode holder, String field, long byDefault) {
        JsonNode value = holder.path(field);
        if (value.isMissingNode() && byDefault >= 0) {
            return byDefault;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw corrupt(field + " is " + shown(value) + ", not a whole number from 0 to 2147483647");
        }
        return value.intValue();
    }

    /** Returns an element's name: {@code byDefault} if it is missing, empty if it is null. */
    String name(JsonNode holder, String byDefault) {
        JsonNode name = holder.path("name");
        if (name.isMissingNode()) {
            return byDefault;
        }
        if (!name.isTextual() && !name.isNull()) {
            throw corrupt("a name is " + shown(name) + ", not text");
        }
        return name.isNull() ? "" : name.textValue();
    }

    /** Returns a list within an element; a missing node if there is no such field. */
    JsonNode list(JsonNode holder, String field) {
        JsonNode list = holder.path(field);
        if (!list.isMissingNode() && !list.isArray()) {
            throw corrupt(field + " is " + shown(list));
        }
        return list;
    }

    UniqueNames uniqueNames() {
        return new UniqueNames(location);
    }

    CorruptDataException corrupt(String problem) {
        return new CorruptDataException(location + " is a broken GLB file: " + problem);
    }

    static String shown(JsonNode value) {
        return shown(value.isMissingNode() ? "missing" : value.toString());
    }

    static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
