/** The local disk as a place to keep projects. */
@NullMarked
package org.copick.fs;

import org.jspecify.annotations.NullMarked;
