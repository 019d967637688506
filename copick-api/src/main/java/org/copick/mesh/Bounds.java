package org.copick.mesh;

import org.jspecify.annotations.Nullable;

/**
 * An axis-aligned box, in Å.
 *
 * @param minX smallest x, in Å
 * @param minY smallest y, in Å
 * @param minZ smallest z, in Å
 * @param maxX greatest x, in Å
 * @param maxY greatest y, in Å
 * @param maxZ greatest z, in Å
 */
public record Bounds(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {
    static @Nullable Bounds of(float[] vertices) {
        Builder bounds = new Builder();
        for (int i = 0; i < vertices.length; i += 3) {
            bounds.add(vertices[i], vertices[i + 1], vertices[i + 2]);
        }
        return bounds.build();
    }

    Bounds moved(double x, double y, double z) {
        return new Bounds(minX + x, minY + y, minZ + z, maxX + x, maxY + y, maxZ + z);
    }

    /** Grows a box around everything that is added; NaN propagates, as in numpy. */
    static final class Builder {
        private final double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        private final double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        private boolean any;

        void add(double x, double y, double z) {
            any = true;
            grow(0, x);
            grow(1, y);
            grow(2, z);
        }

        void add(Bounds other) {
            add(other.minX, other.minY, other.minZ);
            add(other.maxX, other.maxY, other.maxZ);
        }

        @Nullable Bounds build() {
            return any ? new Bounds(low[0], low[1], low[2], high[0], high[1], high[2]) : null;
        }

        private void grow(int axis, double value) {
            low[axis] = Math.min(low[axis], value);
            high[axis] = Math.max(high[axis], value);
        }
    }
}
