/** Commands that change entities: they create, copy, move, delete, hide and promote. */
@NullMarked
package org.copick.cli.change;

import org.jspecify.annotations.NullMarked;
