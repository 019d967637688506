/** Misspelt names. For internal use only. */
@NullMarked
package org.copick.internal.names;

import org.jspecify.annotations.NullMarked;
