/**
 * Bytes of remote objects, kept on the local disk for the next process that wants them. Knows stores and nothing else;
 * what is kept are stretches of objects as they were read, not what they mean.
 */
@NullMarked
package org.copick.storage.disk;

import org.jspecify.annotations.NullMarked;
