/**
 * A cache of remote objects on the local disk, shared by successive processes. It caches byte ranges of objects as they
 * were read, and knows nothing of their format.
 */
@NullMarked
package org.copick.storage.disk;

import org.jspecify.annotations.NullMarked;
