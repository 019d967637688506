/** Locks. For internal use only. */
@NullMarked
package org.copick.internal.threads;

import org.jspecify.annotations.NullMarked;
