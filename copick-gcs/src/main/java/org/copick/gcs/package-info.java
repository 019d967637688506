/** Google Cloud Storage. */
@NullMarked
package org.copick.gcs;

import org.jspecify.annotations.NullMarked;
