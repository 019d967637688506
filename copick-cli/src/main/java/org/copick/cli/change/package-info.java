/** Commands that change single entities: create, copy, move, delete, hide, promote. */
@NullMarked
package org.copick.cli.change;

import org.jspecify.annotations.NullMarked;
