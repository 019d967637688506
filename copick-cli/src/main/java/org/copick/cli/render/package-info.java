/** Pictures of slices, with points, labels, a scale bar and a legend. */
@NullMarked
package org.copick.cli.render;

import org.jspecify.annotations.NullMarked;
