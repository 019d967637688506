/** Pictures of slices: grey values, points, labels and a scale bar. */
@NullMarked
package org.copick.cli.render;

import org.jspecify.annotations.NullMarked;
