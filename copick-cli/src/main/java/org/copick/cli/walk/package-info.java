/** Walks through projects and volumes that go on past what cannot be read. */
@NullMarked
package org.copick.cli.walk;

import org.jspecify.annotations.NullMarked;
