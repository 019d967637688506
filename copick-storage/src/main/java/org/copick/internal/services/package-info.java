/** Providers that were not found. For internal use only. */
@NullMarked
package org.copick.internal.services;

import org.jspecify.annotations.NullMarked;
