/** Read-only layers under a writable one, as a single project. */
@NullMarked
package org.copick.overlay;

import org.jspecify.annotations.NullMarked;
