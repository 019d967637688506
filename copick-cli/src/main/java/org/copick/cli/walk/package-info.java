/** Walks through projects and volumes that continue after read failures. */
@NullMarked
package org.copick.cli.walk;

import org.jspecify.annotations.NullMarked;
