/**
 * Stores before any other store: they count its calls, look for leaks, or make it fail, slow and wrong at chosen calls.
 */
@NullMarked
package org.copick.tests.hostile;

import org.jspecify.annotations.NullMarked;
