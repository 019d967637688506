/** A proxy that does harm, and a log of what passed through it, for tests of stores behind a network. */
@NullMarked
package org.copick.tests.network;

import org.jspecify.annotations.NullMarked;
