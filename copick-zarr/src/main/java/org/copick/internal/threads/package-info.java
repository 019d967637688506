/** Locks. For this library's own use. */
@NullMarked
package org.copick.internal.threads;

import org.jspecify.annotations.NullMarked;
