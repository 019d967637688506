/** Codecs of chunks: compressors and filters, each the exact inverse of numcodecs' implementation. */
@NullMarked
package org.copick.zarr.codec;

import org.jspecify.annotations.NullMarked;
