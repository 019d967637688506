/** JSON text as a tree of Jackson's nodes. For this library's own use. */
@NullMarked
package org.copick.internal.json;

import org.jspecify.annotations.NullMarked;
