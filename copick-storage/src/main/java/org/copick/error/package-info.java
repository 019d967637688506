/**
 * Everything copick throws: one small sealed family of unchecked exceptions.
 *
 * <p>It lies below every other package, because stores, the Zarr engine and the model all throw these.
 */
@NullMarked
package org.copick.error;

import org.jspecify.annotations.NullMarked;
