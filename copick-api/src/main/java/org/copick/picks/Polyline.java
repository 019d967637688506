package org.copick.picks;

import java.io.IOException;
import java.util.Arrays;

/** An ordered row of points in Å, each x, y, z. Immutable; equality compares every coordinate exactly. */
public final class Polyline {
    private final double[] xyz;

    private Polyline(double[] xyz) {
        this.xyz = xyz;
    }

    /**
     * The points of these coordinates, x, y, z each; the array is copied.
     *
     * @throws IllegalArgumentException when the length is no multiple of 3
     */
    public static Polyline of(double... xyz) {
        if (xyz.length % 3 != 0) {
            throw new IllegalArgumentException("points are x, y, z each; " + xyz.length + " is no multiple of 3");
        }
        return new Polyline(xyz.clone());
    }

    /** The number of points. */
    public int size() {
        return xyz.length / 3;
    }

    /** The x of point {@code i}, in Å. */
    public double x(int i) {
        return xyz[3 * i];
    }

    /** The y of point {@code i}, in Å. */
    public double y(int i) {
        return xyz[3 * i + 1];
    }

    /** The z of point {@code i}, in Å. */
    public double z(int i) {
        return xyz[3 * i + 2];
    }

    /** All coordinates, x, y, z each; a new array of 3 × {@link #size}. */
    public double[] toArray() {
        return xyz.clone();
    }

    boolean isFinite() {
        for (double coordinate : xyz) {
            if (!Double.isFinite(coordinate)) {
                return false;
            }
        }
        return true;
    }

    /** The distance in Å from point {@code i} to the next. */
    double gapAfter(int i) {
        double dx = x(i + 1) - x(i);
        double dy = y(i + 1) - y(i);
        double dz = z(i + 1) - z(i);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** As a list of lists of three. */
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
