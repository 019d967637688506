/** The parts of documents that other modules of copick use and users do not. */
@NullMarked
package org.copick.picks.internal;

import org.jspecify.annotations.NullMarked;
