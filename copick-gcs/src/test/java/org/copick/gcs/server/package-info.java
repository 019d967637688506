/** A server with the protocol of Google Cloud Storage, for tests. */
@NullMarked
package org.copick.gcs.server;

import org.jspecify.annotations.NullMarked;
