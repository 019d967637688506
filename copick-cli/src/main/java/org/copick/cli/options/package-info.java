/** Options that several commands share: the project and its runs, authors, kinds, numbers. */
@NullMarked
package org.copick.cli.options;

import org.jspecify.annotations.NullMarked;
