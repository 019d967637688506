/** Amazon S3 and the stores that speak its protocol. */
@NullMarked
package org.copick.s3;

import org.jspecify.annotations.NullMarked;
