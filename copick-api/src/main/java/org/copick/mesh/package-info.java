/**
 * Meshes: GLB files, read and written as trimesh does. Vertices are x, y, z in Å, not in glTF's metres (spec section
 * 7).
 *
 * <p>Files are treated as hostile until they are checked: every reference is followed before any data is loaded.
 */
@NullMarked
package org.copick.mesh;

import org.jspecify.annotations.NullMarked;
