/** The {@code copick} command. Results go to standard output, everything else to standard error. */
@NullMarked
package org.copick.cli;

import org.jspecify.annotations.NullMarked;
