/** A cache of decoded chunks and of facts about stored chunks. */
@NullMarked
package org.copick.cache;

import org.jspecify.annotations.NullMarked;
