package org.copick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import de.javagl.jgltf.model.AccessorModel;
import de.javagl.jgltf.model.BufferViewModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.copick.error.CorruptDataException;
import org.jspecify.annotations.Nullable;

/** Converts the elements of checked accessors to arrays. */
final class AccessorReader {
    private final JsonNode json;
    private final ByteBuffer binary;
    private final List<AccessorModel> models;
    private final String location;

    AccessorReader(GlbContainer container, List<AccessorModel> models, String location) {
        this.json = container.json();
        this.binary = container.binary();
        this.models = models;
        this.location = location;
    }

    int count(int accessor) {
        return json.path("accessors").path(accessor).path("count").intValue();
    }

    boolean isSparse(int accessor) {
        return json.path("accessors").path(accessor).has("sparse");
    }

    /** Returns whether integers represent fractions. */
    boolean isNormalized(int accessor) {
        return models.get(accessor).getComponentType() != GltfCheck.FLOAT
                && json.path("accessors").path(accessor).path("normalized").asBoolean();
    }

    /**
     * Returns positions. Normalised integers become fractions; other integers are unchanged, because their node scales
     * them.
     */
    float[] vertices(int accessor) {
        AccessorModel model = models.get(accessor);
        float[] vertices = new float[3 * count(accessor)];
        ByteBuffer bytes = packed(accessor);
        if (model.getComponentType() == GltfCheck.FLOAT) {
            bytes.asFloatBuffer().get(vertices);
            return vertices;
        }
        for (int i = 0; i < vertices.length; i++) {
            vertices[i] = switch (model.getComponentType()) {
                case GltfCheck.BYTE -> bytes.get(i);
                case GltfCheck.UNSIGNED_BYTE -> bytes.get(i) & 0xff;
                case GltfCheck.SHORT -> bytes.getShort(2 * i);
                default -> bytes.getShort(2 * i) & 0xffff;
            };
        }
        if (isNormalized(accessor)) {
            float one = switch (model.getComponentType()) {
                case GltfCheck.BYTE -> Byte.MAX_VALUE;
                case GltfCheck.UNSIGNED_BYTE -> 0xff;
                case GltfCheck.SHORT -> Short.MAX_VALUE;
                default -> 0xffff;
            };
            for (int i = 0; i < vertices.length; i++) {
                vertices[i] = Math.max(vertices[i] / one, -1);
            }
        }
        return vertices;
    }

    int[] indices(int accessor, int vertices) {
        AccessorModel model = models.get(accessor);
        ByteBuffer bytes = packed(accessor);
        int[] indices = new int[count(accessor)];
        if (model.getComponentType() == GltfCheck.UNSIGNED_INT) {
            bytes.asIntBuffer().get(indices);
            int greatest = 0;
            for (int index : indices) {
                // a negative index is an unsigned one beyond the greatest possible vertex
                greatest = Math.max(greatest, index < 0 ? Integer.MAX_VALUE : index);
            }
            if (greatest < vertices) {
                return indices;
            }
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = whole(bytes, model.getComponentType(), i);
            if (indices[i] < 0 || indices[i] >= vertices) {
                throw new CorruptDataException(
                        location + ": a face uses vertex " + Integer.toUnsignedString(indices[i]) + " of " + vertices);
            }
        }
        return indices;
    }

    /**
     * Returns colours as four bytes each, or null if the accessor has another type.
     *
     * <p>Integers are converted by glTF's normalisation, floats from 0 to 1. Three components become opaque colours.
     */
    byte @Nullable [] colors(int accessor) {
        AccessorModel model = models.get(accessor);
        int components = model.getElementType().getNumComponents();
        if (components != 3 && components != 4) {
            return null;
        }
        ByteBuffer bytes = packed(accessor);
        byte[] colors = new byte[4 * count(accessor)];
        for (int i = 0; i < count(accessor); i++) {
            colors[4 * i + 3] = (byte) 255;
            for (int c = 0; c < components; c++) {
                int at = components * i + c;
                double value;
                switch (model.getComponentType()) {
                    case GltfCheck.UNSIGNED_BYTE -> value = bytes.get(at) & 0xff;
                    case GltfCheck.UNSIGNED_SHORT -> value = Math.rint((bytes.getShort(2 * at) & 0xffff) / 257.0);
                    case GltfCheck.FLOAT -> {
                        float portion = bytes.getFloat(4 * at);
                        value = Float.isFinite(portion) ? Math.rint(Math.max(0, Math.min(1, portion)) * 255) : 0;
                    }
                    default -> {
                        return null;
                    }
                }
                colors[4 * i + c] = (byte) (int) value;
            }
        }
        return colors;
    }

    /**
     * Returns the elements packed one after the other.
     *
     * <p>If they lie like that in the file, they are not copied: JglTF copies elements one by one, which doubles the
     * time for a large mesh.
     */
    private ByteBuffer packed(int accessor) {
        AccessorModel model = models.get(accessor);
        BufferViewModel view = model.getBufferViewModel();
        int element = model.getElementSizeInBytes();
        long end = model.getByteOffset() + (long) element * model.getCount();
        if (view != null && model.getByteStride() == element && !isSparse(accessor)) {
            ByteBuffer bytes = view.getBufferViewData();
            if (end <= bytes.remaining()) {
                return bytes.slice(bytes.position() + model.getByteOffset(), element * model.getCount())
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        ByteBuffer copy = model.getAccessorData().createByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        JsonNode sparse = json.path("accessors").path(accessor).path("sparse");
        if (!sparse.isMissingNode()) {
            replace(copy, sparse, element, count(accessor));
        }
        return copy;
    }

    /** Writes the elements that a sparse accessor replaces. */
    private void replace(ByteBuffer elements, JsonNode sparse, int element, int count) {
        ByteBuffer indices = data(sparse.path("indices"));
        ByteBuffer values = data(sparse.path("values"));
        int type = sparse.path("indices").path("componentType").intValue();
        for (int i = 0; i < sparse.path("count").intValue(); i++) {
            int index = whole(indices, type, i);
            if (index < 0 || index >= count) {
                throw new CorruptDataException(location + ": a sparse accessor replaces element "
                        + Integer.toUnsignedString(index) + " of " + count);
            }
            elements.put(index * element, values, i * element, element);
        }
    }

    /** Returns the binary data from the start of the indices or values of a sparse accessor. */
    private ByteBuffer data(JsonNode holder) {
        JsonNode view = json.path("bufferViews").path(holder.path("bufferView").intValue());
        int start =
                view.path("byteOffset").intValue() + holder.path("byteOffset").intValue();
        return binary.slice(start, binary.capacity() - start).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int whole(ByteBuffer bytes, int componentType, int i) {
        return switch (componentType) {
            case GltfCheck.UNSIGNED_BYTE -> bytes.get(i) & 0xff;
            case GltfCheck.UNSIGNED_SHORT -> bytes.getShort(2 * i) & 0xffff;
            default -> bytes.getInt(4 * i);
        };
    }
}
