/**
 * The copick model: open a project with {@link org.copick.Copick} and walk from its {@link org.copick.Root}.
 *
 * <p>Everything is read when it is first asked for, and every listing is kept until {@code refresh}. Entities may be used
 * from any thread. Coordinates of points and vertices are x, y, z in Å from the corner of the volume; arrays are indexed
 * z, y, x.
 */
@NullMarked
package org.copick;

import org.jspecify.annotations.NullMarked;
