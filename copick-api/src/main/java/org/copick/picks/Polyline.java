package org.copick.picks;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;

/** A sequence of points in Å, each x, y, z. Immutable; equality compares every coordinate exactly. */
public final class Polyline {
    /** Largest distance in Å at which control points count as equal. */
    private static final double MIN_GAP = 1e-6;

    private final double[] xyz;

    private Polyline(double[] xyz) {
        this.xyz = xyz;
    }

    /**
     * Creates a polyline from coordinates.
     *
     * @param xyz x, y, z of each point in Å; copied
     * @return the polyline
     * @throws IllegalArgumentException if the length is not a multiple of 3
     */
    public static Polyline of(double... xyz) {
        if (xyz.length % 3 != 0) {
            throw new IllegalArgumentException("points need three coordinates each, but there are " + xyz.length);
        }
        return new Polyline(xyz.clone());
    }

    /** Creates a polyline from coordinates without copying; the caller must not change the array any more. */
    static Polyline owning(double[] xyz) {
        return new Polyline(xyz);
    }

    /** {@return the number of points} */
    public int size() {
        return xyz.length / 3;
    }

    /**
     * {@return the x of a point, in Å}
     *
     * @param i index of the point, from 0
     */
    public double x(int i) {
        return xyz[3 * i];
    }

    /**
     * {@return the y of a point, in Å}
     *
     * @param i index of the point, from 0
     */
    public double y(int i) {
        return xyz[3 * i + 1];
    }

    /**
     * {@return the z of a point, in Å}
     *
     * @param i index of the point, from 0
     */
    public double z(int i) {
        return xyz[3 * i + 2];
    }

    /** {@return all coordinates in Å, x, y, z each, in a new array of 3 × {@link #size}} */
    public double[] toArray() {
        return xyz.clone();
    }

    /** Returns the x, y or z (axis 0, 1 or 2) of point {@code i}, in Å. */
    double at(int i, int axis) {
        return xyz[3 * i + axis];
    }

    /** Returns the points with these indices. */
    Polyline select(int[] indices) {
        double[] selected = new double[3 * indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(xyz, 3 * indices[i], selected, 3 * i, 3);
        }
        return new Polyline(selected);
    }

    Polyline reversed() {
        int[] indices = new int[size()];
        Arrays.setAll(indices, i -> indices.length - 1 - i);
        return select(indices);
    }

    boolean isFinite() {
        return firstNotFinite().isEmpty();
    }

    /** {@return the index of the first point with a coordinate that is not finite, if there is one} */
    public OptionalInt firstNotFinite() {
        for (int i = 0; i < xyz.length; i++) {
            if (!Double.isFinite(xyz[i])) {
                return OptionalInt.of(i / 3);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the distance in Å from point {@code i} to the next. */
    double gapAfter(int i) {
        return gap(xyz, 3 * i, xyz, 3 * i + 3);
    }

    /** Returns the distance between the points at these offsets of two arrays of coordinates. */
    static double gap(double[] a, int atA, double[] b, int atB) {
        double dx = b[atB] - a[atA];
        double dy = b[atB + 1] - a[atA + 1];
        double dz = b[atB + 2] - a[atA + 2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    double gap(int i, Polyline other, int j) {
        return gap(xyz, 3 * i, other.xyz, 3 * j);
    }

    /** Returns whether two points are far enough apart to be neighbouring control points. */
    boolean areApart(int i, int j) {
        return gap(xyz, 3 * i, xyz, 3 * j) > MIN_GAP;
    }

    /** Returns the median distance of neighbouring points in Å. Needs at least two points. */
    double medianGap() {
        double[] gaps = new double[size() - 1];
        Arrays.setAll(gaps, this::gapAfter);
        Arrays.sort(gaps);
        int middle = gaps.length / 2;
        return gaps.length % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
    }

    /** Writes the points as a list of {@code [x, y, z]} lists. */
    void write(JsonOutput out) throws IOException {
        out.json.writeStartArray();
        for (int i = 0; i < xyz.length; i += 3) {
            out.json.writeStartArray();
            out.number(xyz[i]);
            out.number(xyz[i + 1]);
            out.number(xyz[i + 2]);
            out.json.writeEndArray();
        }
        out.json.writeEndArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polyline that && Arrays.equals(xyz, that.xyz);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(xyz);
    }

    @Override
    public String toString() {
        return "Polyline[" + size() + " points]";
    }
}
