/**
 * Meshes: GLB files, read and written as trimesh does. Vertices are x, y, z in Å, not in glTF's metres (spec section
 * 7).
 *
 * <p>A {@link org.copick.mesh.MeshScene} is the content of a file: {@linkplain org.copick.mesh.Geometry geometries},
 * and {@linkplain org.copick.mesh.Instance instances} that place them. {@link org.copick.mesh.MeshScene#flatten}
 * returns all triangles of the scene as one {@link org.copick.mesh.Triangles}, ready for a viewer.
 *
 * <pre>{@code
 * Geometry triangle = Geometry.triangles(
 *         "patch", new float[] {0, 0, 0, 100, 0, 0, 0, 100, 0}, new int[] {0, 1, 2}); // x, y, z in Å; vertex numbers
 * byte[] glb = MeshScene.of(triangle).toGlb();
 * Triangles triangles = MeshScene.parse(glb, "patch.glb").flatten();
 * System.out.println(triangles.vertices().length / 3 + " vertices");
 * }</pre>
 *
 * <p>Files are treated as hostile until they are checked: every reference is followed before any data is loaded, and
 * sizes are compared with the heap before anything is allocated. A broken file is refused with a {@link
 * org.copick.error.CorruptDataException}, a feature that is not supported by its name with an {@link
 * org.copick.error.UnsupportedFeatureException}.
 *
 * <p>A scene is immutable, provided that nobody changes the arrays of its geometries, and may then be shared between
 * threads. Nothing here does I/O. Materials, extras and parent nodes are lost when a scene is written again; {@link
 * org.copick.mesh.MeshScene#losses} names them.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.mesh;

import org.jspecify.annotations.NullMarked;
