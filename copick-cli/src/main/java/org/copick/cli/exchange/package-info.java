/** Commands that import and export files of other programs. */
@NullMarked
package org.copick.cli.exchange;

import org.jspecify.annotations.NullMarked;
