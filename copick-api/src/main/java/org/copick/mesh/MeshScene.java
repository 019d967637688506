package org.copick.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.copick.error.CorruptDataException;

/**
 * The contents of a GLB file: geometries, and where they are placed. Immutable as long as nobody changes the arrays of its
 * geometries.
 */
public final class MeshScene {
    static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String location;
    private final List<Geometry> geometries;
    private final List<Instance> instances;
    private final List<String> findings;
    private final List<String> losses;

    private MeshScene(
            String location,
            List<Geometry> geometries,
            List<Instance> instances,
            List<String> findings,
            List<String> losses) {
        this.losses = losses;
        this.findings = findings;
        this.location = location;
        this.geometries = List.copyOf(geometries);
        this.instances = instances.stream().sorted(Instance.BY_NODE).toList();
    }

    /** A scene of nothing: what a mesh that was just created holds. */
    public static MeshScene empty() {
        return builder().build();
    }

    /**
     * Geometries as they are, without transforms, each on a node of its name.
     *
     * @throws IllegalArgumentException when two geometries have the same name
     */
    public static MeshScene of(Geometry... geometries) {
        Objects.requireNonNull(geometries, "geometries");
        return of(List.of(geometries));
    }

    /**
     * Geometries as they are, without transforms, each on a node of its name.
     *
     * @throws IllegalArgumentException when two geometries have the same name
     */
    public static MeshScene of(List<Geometry> geometries) {
        Builder builder = builder();
        geometries.forEach(builder::place);
        return builder.build();
    }

    /** For scenes that place a geometry several times or with transforms. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a GLB file, the scene that it shows by default. Triangle strips and fans become triangles, also those without
     * an area, as in trimesh; integer positions (KHR_mesh_quantization) become floats. Materials, textures, cameras, skins,
     * morph targets and animations are not read, and nothing outside the file is opened. {@link #findings} names what is
     * lost that way.
     *
     * @param glb the file's bytes
     * @param location where they are from, for messages
     * @throws CorruptDataException when the file contradicts itself or the format
     * @throws org.copick.error.UnsupportedFeatureException for data outside of the file, for compressed geometry (Draco,
     *     meshopt) and for any other required extension that may change the geometry, naming the extension
     */
    public static MeshScene parse(byte[] glb, String location) {
        Objects.requireNonNull(glb, "glb");
        Objects.requireNonNull(location, "location");
        Findings findings = new Findings();
        GlbContainer container = GlbContainer.parse(glb, location, findings);
        GltfCheck check = new GltfCheck(container, location);
        check.check();
        GeometryReader geometries = GeometryReader.read(container, check, location, findings);
        List<Instance> instances = NodeTree.instances(container.json(), geometries, check, findings);
        return new MeshScene(location, geometries.all(), instances, findings.sentences(), findings.losses());
    }

    /**
     * Writes a GLB file, each geometry once and each instance as a node. {@link #parse} and trimesh read a scene from it that
     * is equal to this one, except for geometries without any vertices, which glTF cannot hold: these are left out, and their
     * nodes have no mesh. Triangles without faces keep their vertices, as a strip too short for a triangle. A line is written
     * as pairs of neighbours, for viewers that draw single segments.
     *
     * <p>Data that {@link #parse} ignores, such as materials, is not written. Takes memory for the file and its description
     * only.
     *
     * @throws org.copick.error.UnsupportedFeatureException for more than 2 GiB, before memory is taken for them, and for
     *     scenes that could not be read again: more than a million nodes or a million accessors (up to three for each
     *     geometry), or more than 64 MiB of names and transforms
     */
    public byte[] toGlb() {
        return GlbWriter.write(this, location);
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
     * Returns what this scene leaves out of the file and what Python copick reads differently: one sentence for each kind,
     * with the names of the first geometries or nodes. Empty for a scene that was built rather than read.
     */
    public List<String> findings() {
        return findings;
    }

    /**
     * Returns those {@link #findings} that a file written from this scene lacks too. The others are about the file that was
     * read: Python copick reads it differently, and reads one written from this scene correctly.
     */
    public List<String> losses() {
        return losses;
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
     * All triangles with their transforms applied, instance by instance. Where a transform mirrors, the corners of each
     * triangle come in reverse order, as in trimesh, so that its outer side stays outside.
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
            Affine to = instance.toScene();
            int[] own = instance.geometry().faces();
            boolean turned = to.mirrors();
            for (int i = 0; i < own.length; i++) {
                faces[face++] = firstVertex + own[turned ? i + 2 - 2 * (i % 3) : i];
            }
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

    /** Places geometries one by one. Those with the same name have to be the same object. */
    public static final class Builder {
        private static final String LOCATION = "a new scene";

        private final Map<String, Geometry> geometries = new LinkedHashMap<>();
        private final List<Instance> instances = new ArrayList<>();
        private final UniqueNames names = new UniqueNames(LOCATION);

        private Builder() {
            names.next(NodeTree.BASE);
        }

        /**
         * Places a geometry as it is, on a node that is called like it, with a number where that is taken.
         *
         * @throws IllegalArgumentException when another geometry has the same name
         */
        public Builder place(Geometry geometry) {
            return place(geometry, Affine.IDENTITY);
        }

        /**
         * Places a geometry with a transform, on a node that is called like it, with a number where that is taken.
         *
         * @param matrix sixteen numbers, row by row: from the geometry to the scene, translations in Å at 3, 7 and 11
         * @throws IllegalArgumentException when another geometry has the same name, or when the matrix is not of 16 finite
         *     numbers or does not end with the row 0, 0, 0, 1
         */
        public Builder place(Geometry geometry, double[] matrix) {
            return place(geometry, affine(matrix));
        }

        /**
         * Places a geometry with a transform, on a node with a name.
         *
         * @param node unique within the scene, not empty and not {@code world}, which is trimesh's own
         * @param matrix sixteen numbers, row by row: from the geometry to the scene, translations in Å at 3, 7 and 11
         * @throws IllegalArgumentException when the node's name is taken or another geometry has the same name, or when the
         *     matrix is not of 16 finite numbers or does not end with the row 0, 0, 0, 1
         */
        public Builder place(String node, Geometry geometry, double[] matrix) {
            Affine toScene = affine(matrix);
            if (!names.take(node)) {
                throw new IllegalArgumentException(
                        node.isEmpty() ? "a node needs a name" : "there is a node " + node + " already");
            }
            add(geometry);
            instances.add(new Instance(node, geometry, toScene));
            return this;
        }

        /** Returns the scene of the geometries placed so far. */
        public MeshScene build() {
            return new MeshScene(LOCATION, List.copyOf(geometries.values()), instances, List.of(), List.of());
        }

        private Builder place(Geometry geometry, Affine toScene) {
            add(geometry);
            instances.add(new Instance(names.next(geometry.name()), geometry, toScene));
            return this;
        }

        private void add(Geometry geometry) {
            Geometry known = geometries.putIfAbsent(geometry.name(), geometry);
            if (known != null && !known.equals(geometry)) {
                throw new IllegalArgumentException("two geometries are called " + geometry.name());
            }
        }

        private static Affine affine(double[] matrix) {
            if (matrix.length != 16) {
                throw new IllegalArgumentException(matrix.length + " numbers are no 4 × 4 matrix");
            }
            Affine affine = Affine.ofRows(matrix);
            if (!affine.isFinite()) {
                throw new IllegalArgumentException("the matrix is not finite: " + Arrays.toString(matrix));
            }
            if (matrix[12] != 0 || matrix[13] != 0 || matrix[14] != 0 || matrix[15] != 1) {
                throw new IllegalArgumentException(
                        "the last row of the matrix is not 0, 0, 0, 1; it is given row by row: "
                                + Arrays.toString(matrix));
            }
            return affine;
        }
    }
}
