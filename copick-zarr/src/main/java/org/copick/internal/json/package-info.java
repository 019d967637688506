/** JSON text as a tree of Jackson's nodes. For internal use only. */
@NullMarked
package org.copick.internal.json;

import org.jspecify.annotations.NullMarked;
