/** A proxy that injects failures and logs requests, for tests of network stores. */
@NullMarked
package org.copick.tests.network;

import org.jspecify.annotations.NullMarked;
