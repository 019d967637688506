/** A server of the service's protocol, for tests. */
@NullMarked
package org.copick.gcs.server;

import org.jspecify.annotations.NullMarked;
