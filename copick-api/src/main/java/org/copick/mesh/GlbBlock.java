package org.copick.mesh;

import de.javagl.jgltf.impl.v2.Accessor;
import de.javagl.jgltf.impl.v2.BufferView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One array of a geometry in the binary chunk of a GLB file to write.
 *
 * <p>Its buffer view and its accessor have the block's number. All elements are multiples of four bytes, so no padding
 * is needed between blocks.
 *
 * @param offset the start in the chunk, in bytes
 * @param count the number of elements, at least one
 */
record GlbBlock(Geometry geometry, Content content, long offset, long count) {
    private static final int VERTEX_TARGET = 34962;
    private static final int INDEX_TARGET = 34963;

    enum Content {
        POSITIONS(GltfCheck.FLOAT, "VEC3", 12, VERTEX_TARGET),
        COLORS(GltfCheck.UNSIGNED_BYTE, "VEC4", 4, VERTEX_TARGET),
        INDICES(GltfCheck.UNSIGNED_INT, "SCALAR", 4, INDEX_TARGET);

        private final int componentType;
        private final String type;
        private final int elementBytes;
        private final int target;

        Content(int componentType, String type, int elementBytes, int target) {
            this.componentType = componentType;
            this.type = type;
            this.elementBytes = elementBytes;
            this.target = target;
        }
    }

    /**
     * Returns the blocks of a geometry: positions, then colours if there are any, then indices unless the geometry is
     * points.
     */
    static List<GlbBlock> of(Geometry geometry, long offset) {
        long vertices = geometry.vertices().length / 3;
        List<GlbBlock> blocks = new ArrayList<>(3);
        blocks.add(new GlbBlock(geometry, Content.POSITIONS, offset, vertices));
        if (geometry.colors() != null) {
            blocks.add(new GlbBlock(geometry, Content.COLORS, blocks.get(0).end(), vertices));
        }
        if (geometry.kind() != Geometry.Kind.POINTS) {
            // triangles without faces become a strip of one vertex, because a count of 0 is not allowed
            long indices = geometry.kind() == Geometry.Kind.LINE
                    ? 2 * Math.max(1, vertices - 1)
                    : Math.max(1, geometry.faces().length);
            GlbBlock last = blocks.get(blocks.size() - 1);
            blocks.add(new GlbBlock(geometry, Content.INDICES, last.end(), indices));
        }
        return blocks;
    }

    /** Returns the glTF mode of a geometry, that is how its indices form shapes. */
    static int mode(Geometry geometry) {
        return switch (geometry.kind()) {
            case TRIANGLES -> geometry.faces().length == 0 ? GeometryReader.STRIP : GeometryReader.TRIANGLES;
            case LINE -> GeometryReader.LINES;
            case POINTS -> GeometryReader.POINTS;
        };
    }

    long bytes() {
        return count * content.elementBytes;
    }

    private long end() {
        return offset + bytes();
    }

    /** Writes the block at the buffer's position and moves the position behind it. */
    void put(ByteBuffer file) {
        int end = file.position() + (int) bytes();
        switch (content) {
            case POSITIONS -> file.asFloatBuffer().put(geometry.vertices());
            case COLORS -> file.put(Objects.requireNonNull(geometry.colors()));
            case INDICES -> putIndices(file);
        }
        file.position(end);
    }

    private void putIndices(ByteBuffer file) {
        if (geometry.kind() == Geometry.Kind.LINE) {
            int last = geometry.vertices().length / 3 - 1;
            for (int i = 0; i < count / 2; i++) {
                file.putInt(i).putInt(Math.min(i + 1, last));
            }
        } else {
            file.asIntBuffer().put(geometry.faces());
        }
    }

    BufferView view() {
        BufferView view = new BufferView();
        view.setBuffer(0);
        view.setByteOffset((int) offset);
        view.setByteLength((int) bytes());
        view.setTarget(content.target);
        return view;
    }

    /**
     * Returns the accessor of the block.
     *
     * @param view the number of the block's buffer view
     */
    Accessor accessor(int view) {
        Accessor accessor = new Accessor();
        accessor.setBufferView(view);
        accessor.setComponentType(content.componentType);
        accessor.setType(content.type);
        accessor.setCount((int) count);
        switch (content) {
            case POSITIONS -> setBounds(accessor);
            case COLORS -> accessor.setNormalized(true);
            case INDICES -> setRange(accessor);
        }
        return accessor;
    }

    private void setBounds(Accessor accessor) {
        Bounds bounds = Objects.requireNonNull(Bounds.of(geometry.vertices()));
        Number[] min = {bounds.minX(), bounds.minY(), bounds.minZ()};
        Number[] max = {bounds.maxX(), bounds.maxY(), bounds.maxZ()};
        for (int axis = 0; axis < 3; axis++) {
            if (!Double.isFinite(min[axis].doubleValue()) || !Double.isFinite(max[axis].doubleValue())) {
                // vertices read from a broken file; JSON cannot hold NaN and infinities
                return;
            }
        }
        accessor.setMin(min);
        accessor.setMax(max);
    }

    private void setRange(Accessor accessor) {
        int min = 0;
        int max = 0;
        if (geometry.kind() == Geometry.Kind.LINE) {
            max = geometry.vertices().length / 3 - 1;
        } else if (geometry.faces().length > 0) {
            min = Integer.MAX_VALUE;
            for (int vertex : geometry.faces()) {
                min = Math.min(min, vertex);
                max = Math.max(max, vertex);
            }
        }
        accessor.setMin(new Number[] {min});
        accessor.setMax(new Number[] {max});
    }
}
