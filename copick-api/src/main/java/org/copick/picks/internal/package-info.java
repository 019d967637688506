/** What other modules of copick use of documents, and users do not. */
@NullMarked
package org.copick.picks.internal;

import org.jspecify.annotations.NullMarked;
