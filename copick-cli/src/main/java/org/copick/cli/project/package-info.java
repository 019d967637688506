/** Commands on whole projects: configure, copy, synchronise, try out. */
@NullMarked
package org.copick.cli.project;

import org.jspecify.annotations.NullMarked;
