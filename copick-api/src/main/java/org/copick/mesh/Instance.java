package org.copick.mesh;

import java.util.Arrays;
import java.util.Comparator;

/** A geometry at one place in the scene. One geometry may be placed several times. */
public final class Instance {
    /** The order of node names in Python. */
    static final Comparator<Instance> BY_NODE = Comparator.comparing(
            Instance::node,
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray()));

    private final String node;
    private final Geometry geometry;
    private final Affine toScene;

    Instance(String node, Geometry geometry, Affine toScene) {
        this.node = node;
        this.geometry = geometry;
        this.toScene = toScene;
    }

    /** {@return the name of the node that places the geometry, unique within the scene} */
    public String node() {
        return node;
    }

    /** {@return the geometry, in its own coordinates} */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * {@return the transform from the geometry to the scene, all parents included, in a new array}
     *
     * <p>It has sixteen numbers, row by row; translations in Å are at 3, 7 and 11.
     */
    public double[] matrix() {
        return toScene.toArray();
    }

    Affine toScene() {
        return toScene;
    }

    @Override
    public String toString() {
        return node + " places " + geometry.name();
    }
}
