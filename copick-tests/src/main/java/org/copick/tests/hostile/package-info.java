/** Stores that wrap any other store: they count calls, check for leaks, or inject faults. */
@NullMarked
package org.copick.tests.hostile;

import org.jspecify.annotations.NullMarked;
