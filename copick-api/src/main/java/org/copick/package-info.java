/**
 * The copick model: open a project with {@link org.copick.Copick} and navigate from its {@link org.copick.Root}.
 *
 * <p>Data and listings are read on first use. Each listing is cached until {@code refresh} is called, or until the
 * maximum age that {@link org.copick.CopickContext.Builder#maxAge} sets has passed. Entities may be used from any
 * thread. Coordinates of points and vertices are x, y, z in Å from the corner of the volume; arrays are indexed z, y,
 * x.
 */
@NullMarked
package org.copick;

import org.jspecify.annotations.NullMarked;
