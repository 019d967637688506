/** Commands that read a project: list, count, compare, check, draw. */
@NullMarked
package org.copick.cli.look;

import org.jspecify.annotations.NullMarked;
