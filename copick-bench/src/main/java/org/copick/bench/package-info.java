/** Cases of the benchmark against Python packages. */
@NullMarked
package org.copick.bench;

import org.jspecify.annotations.NullMarked;
