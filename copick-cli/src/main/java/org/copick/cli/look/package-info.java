/** Commands that read a project: they list, count, compare, check and draw. */
@NullMarked
package org.copick.cli.look;

import org.jspecify.annotations.NullMarked;
