/** Amazon S3, and stores with the same protocol. */
@NullMarked
package org.copick.s3;

import org.jspecify.annotations.NullMarked;
