/** Locks, and steps that run at the same time. For internal use only. */
@NullMarked
package org.copick.internal.threads;

import org.jspecify.annotations.NullMarked;
