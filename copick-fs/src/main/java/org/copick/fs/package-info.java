/** A store on the local disk. */
@NullMarked
package org.copick.fs;

import org.jspecify.annotations.NullMarked;
