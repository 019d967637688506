/**
 * The exceptions that copick throws: one small sealed family of unchecked exceptions.
 *
 * <p>This package depends on no other, because stores, the Zarr engine and the model all throw these exceptions.
 */
@NullMarked
package org.copick.error;

import org.jspecify.annotations.NullMarked;
