/**
 * Datasets of the CryoET Data Portal as a read-only layer of copick projects.
 *
 * <p>The portal consists of a GraphQL service, which knows runs, voxel spacings, tomograms and annotations, and of a
 * public bucket that holds their data.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.portal;

import org.jspecify.annotations.NullMarked;
