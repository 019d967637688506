package org.copick.mesh;

import java.util.Arrays;
import java.util.Comparator;

/** A geometry at its place in the scene. One geometry may be placed several times. */
public final class Instance {
    /** Node names as Python sorts them. */
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

    /** The name of the node that places it, unique within the scene. */
    public String node() {
        return node;
    }

    public Geometry geometry() {
        return geometry;
    }

    /** Sixteen numbers, row by row: the transform from the geometry to the scene, that of all parents included. */
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
