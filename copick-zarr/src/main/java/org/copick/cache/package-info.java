/** Decoded chunks, kept for whoever reads them next. */
@NullMarked
package org.copick.cache;

import org.jspecify.annotations.NullMarked;
