/** Cases of the benchmark that compares with Python's packages. */
@NullMarked
package org.copick.bench;

import org.jspecify.annotations.NullMarked;
