/** How chunks are packed: compressors and filters, each the exact inverse of what numcodecs does. */
@NullMarked
package org.copick.zarr.codec;

import org.jspecify.annotations.NullMarked;
