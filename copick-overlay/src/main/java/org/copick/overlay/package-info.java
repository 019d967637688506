/** Projects that consist of read-only layers below a writable one. */
@NullMarked
package org.copick.overlay;

import org.jspecify.annotations.NullMarked;
