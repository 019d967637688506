/**
 * Meshes: GLB files, read and written as trimesh does. Vertices are x, y, z in Å; glTF's metres are not meant (spec section 7).
 *
 * <p>Files are taken for hostile until they are checked: everything that refers to something else is followed before any
 * of it is loaded.
 */
@NullMarked
package org.copick.mesh;

import org.jspecify.annotations.NullMarked;
