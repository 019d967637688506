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
 * The contents of a GLB file: geometries and the places where they are shown.
 *
 * <p>Immutable, provided that nobody changes the arrays of its geometries.
 */
public final class MeshScene {
    /** Elements of the longest array that JVMs can create. */
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

    /** {@return an empty scene, the content of a newly created mesh} */
    public static MeshScene empty() {
        return builder().build();
    }

    /**
     * Creates a scene of geometries without transforms, each on a node with the geometry's name.
     *
     * @param geometries the geometries, in file order; different ones need different names
     * @return the scene
     * @throws IllegalArgumentException if two different geometries have the same name
     */
    public static MeshScene of(Geometry... geometries) {
        Objects.requireNonNull(geometries, "geometries");
        return of(List.of(geometries));
    }

    /**
     * Creates a scene of geometries without transforms, each on a node with the geometry's name.
     *
     * @param geometries the geometries, in file order; different ones need different names
     * @return the scene
     * @throws IllegalArgumentException if two different geometries have the same name
     */
    public static MeshScene of(List<Geometry> geometries) {
        Builder builder = builder();
        geometries.forEach(builder::place);
        return builder.build();
    }

    /** {@return a builder for scenes that place a geometry several times or with transforms} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the default scene of a GLB file.
     *
     * <p>Triangle strips and fans become triangles, including those without an area, as in trimesh. Integer positions
     * (KHR_mesh_quantization) become floats. Materials, textures, cameras, skins, morph targets and animations are not
     * read; {@link #findings} names what is lost. Nothing outside the file is opened.
     *
     * @param glb the file's bytes
     * @param location the source of the bytes, for messages
     * @return the scene
     * @throws CorruptDataException if the file contradicts itself or the format
     * @throws org.copick.error.UnsupportedFeatureException for data outside the file, for compressed geometry (Draco,
     *     meshopt) and for any other required extension that may change the geometry; the message names the extension
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
     * {@return this scene as a GLB file, each geometry once and each instance as a node}
     *
     * <p>{@link #parse} and trimesh read a scene from it that is equal to this one, with one exception: glTF cannot
     * hold geometries without vertices, so these are left out and their nodes have no mesh. Triangles without faces
     * keep their vertices, as a strip too short for a triangle. A line is written as pairs of neighbours, for viewers
     * that draw single segments.
     *
     * <p>Data that {@link #parse} ignores, such as materials, is not written. Only needs memory for the file and its
     * JSON description.
     *
     * @throws org.copick.error.UnsupportedFeatureException for more than 2 GiB, before memory is allocated, and for
     *     scenes that could not be read again: more than a million nodes or a million accessors (up to three for each
     *     geometry), or more than 64 MiB of names and transforms
     */
    public byte[] toGlb() {
        return GlbWriter.write(this, location);
    }

    /** {@return the geometries in file order, each once} */
    public List<Geometry> geometries() {
        return geometries;
    }

    /** {@return the places of the geometries, sorted by node name} */
    public List<Instance> instances() {
        return instances;
    }

    /**
     * {@return what this scene leaves out of the file, and what Python copick reads differently}
     *
     * <p>There is one sentence for each kind, with the names of the first geometries or nodes. Empty for a scene that
     * was built rather than read.
     */
    public List<String> findings() {
        return findings;
    }

    /**
     * {@return those {@link #findings} that are also lost in a file written from this scene}
     *
     * <p>The other findings are about the file that was read: Python copick reads it differently, but reads one
     * written from this scene correctly.
     */
    public List<String> losses() {
        return losses;
    }

    /**
     * {@return the box around all instances with transforms applied; empty for a scene without vertices}
     *
     * <p>Each call visits all vertices of all instances.
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
     * {@return all triangles with their transforms applied, instance by instance}
     *
     * <p>If a transform mirrors, the corners of each triangle are reversed, as in trimesh, so that its outer side
     * stays outside.
     *
     * @throws CorruptDataException if the triangles of all instances together fit neither into an array nor into a
     *     quarter of the largest heap
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

    /** Places geometries one by one. Geometries with the same name must be the same object. */
    public static final class Builder {
        private static final String LOCATION = "a new scene";

        private final Map<String, Geometry> geometries = new LinkedHashMap<>();
        private final List<Instance> instances = new ArrayList<>();
        private final UniqueNames names = new UniqueNames(LOCATION);

        private Builder() {
            names.next(NodeTree.BASE);
        }

        /**
         * Places a geometry without a transform.
         *
         * <p>The node gets the geometry's name, with a number appended if that name is taken.
         *
         * @param geometry the geometry; placing it again adds another instance of it
         * @return this builder
         * @throws IllegalArgumentException if another geometry has the same name
         */
        public Builder place(Geometry geometry) {
            return place(geometry, Affine.IDENTITY);
        }

        /**
         * Places a geometry with a transform.
         *
         * <p>The node gets the geometry's name, with a number appended if that name is taken.
         *
         * @param geometry the geometry; placing it again adds another instance of it
         * @param matrix sixteen numbers, row by row, from the geometry to the scene; translations in Å at 3, 7 and 11
         * @return this builder
         * @throws IllegalArgumentException if another geometry has the same name, or if the matrix does not have 16
         *     finite numbers or does not end with the row 0, 0, 0, 1
         */
        public Builder place(Geometry geometry, double[] matrix) {
            return place(geometry, affine(matrix));
        }

        /**
         * Places a geometry with a transform, on a node with the given name.
         *
         * @param node unique within the scene, not empty and not {@code world}, which trimesh uses itself
         * @param geometry the geometry; placing it again adds another instance of it
         * @param matrix sixteen numbers, row by row, from the geometry to the scene; translations in Å at 3, 7 and 11
         * @return this builder
         * @throws IllegalArgumentException if the node's name is taken or another geometry has the same name, or if the
         *     matrix does not have 16 finite numbers or does not end with the row 0, 0, 0, 1
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

        /** {@return the scene of the geometries placed so far} */
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
                throw new IllegalArgumentException("a 4 × 4 matrix has 16 numbers, not " + matrix.length);
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
