package org.copick.mesh;

import java.util.List;
import java.util.Optional;
import org.copick.error.CorruptDataException;

/** What a GLB file holds: geometries, and where they are placed. Immutable. */
public final class MeshScene {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String location;
    private final List<Geometry> geometries;
    private final List<Instance> instances;

    private MeshScene(String location, List<Geometry> geometries, List<Instance> instances) {
        this.location = location;
        this.geometries = List.copyOf(geometries);
        this.instances = List.copyOf(instances);
    }

    /**
     * Reads a GLB file. Materials, textures, cameras, skins and animations are not looked at, and nothing outside the file
     * is opened.
     *
     * @param glb the file's bytes
     * @param location where they are from, for messages
     * @throws CorruptDataException when the file contradicts itself or the format
     * @throws org.copick.error.UnsupportedFeatureException for sparse accessors, for data outside of the file,
     *     for positions as fractions (normalized whole numbers) and for compressed geometry (Draco, meshopt), naming the
     *     extension
     */
    public static MeshScene parse(byte[] glb, String location) {
        GlbContainer container = GlbContainer.parse(glb, location);
        GltfCheck check = new GltfCheck(container, location);
        check.check();
        GeometryReader geometries = GeometryReader.read(container, check, location);
        List<Instance> instances = NodeTree.instances(container.json(), geometries, check);
        return new MeshScene(location, geometries.all(), instances);
    }

    /** The geometries in file order, each once. */
    public List<Geometry> geometries() {
        return geometries;
    }

    /** Where geometries are placed, by the name of the node. */
    public List<Instance> instances() {
        return instances;
    }

    /**
     * The box around everything that is placed, transforms applied; empty for a scene of nothing. Goes through all vertices
     * of all instances at each call.
     */
    public Optional<Bounds> bounds() {
        Bounds.Builder scene = new Bounds.Builder();
        for (Instance instance : instances) {
            Affine to = instance.toScene();
            float[] v = instance.geometry().vertices();
            Bounds.Builder turned = new Bounds.Builder();
            for (int i = 0; i < v.length; i += 3) {
                turned.add(
                        to.turned(0, v[i], v[i + 1], v[i + 2]),
                        to.turned(1, v[i], v[i + 1], v[i + 2]),
                        to.turned(2, v[i], v[i + 1], v[i + 2]));
            }
            Bounds own = turned.build();
            if (own != null) {
                scene.add(own.moved(to.translation(0), to.translation(1), to.translation(2)));
            }
        }
        return Optional.ofNullable(scene.build());
    }

    /**
     * All triangles with their transforms applied, instance by instance.
     *
     * @throws CorruptDataException when instances multiply the triangles beyond what an array can hold
     */
    public Triangles flatten() {
        long vertexCount = 0;
        long faceCount = 0;
        for (Instance instance : instances) {
            vertexCount += instance.geometry().vertices().length;
            faceCount += instance.geometry().faces().length;
        }
        long longest = Math.max(vertexCount, faceCount);
        if (longest > LONGEST_ARRAY
                || longest * Float.BYTES > Runtime.getRuntime().maxMemory() / 4) {
            throw new CorruptDataException(location + " places so many copies of its geometries that all of them do not"
                    + " fit into memory; use instances() one by one");
        }
        float[] vertices = new float[(int) vertexCount];
        int[] faces = new int[(int) faceCount];
        int vertex = 0;
        int face = 0;
        for (Instance instance : instances) {
            int firstVertex = vertex / 3;
            for (int f : instance.geometry().faces()) {
                faces[face++] = firstVertex + f;
            }
            Affine to = instance.toScene();
            float[] v = instance.geometry().vertices();
            if (to.isIdentity()) {
                System.arraycopy(v, 0, vertices, vertex, v.length);
                vertex += v.length;
                continue;
            }
            for (int i = 0; i < v.length; i += 3) {
                for (int row = 0; row < 3; row++) {
                    vertices[vertex++] = (float) (to.turned(row, v[i], v[i + 1], v[i + 2]) + to.translation(row));
                }
            }
        }
        return new Triangles(vertices, faces);
    }

    @Override
    public String toString() {
        return location + ": " + geometries.size() + " geometries, placed " + instances.size() + " times";
    }
}
