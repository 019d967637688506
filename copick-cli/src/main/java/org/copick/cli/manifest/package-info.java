/** Everything readable of a project or a folder of arrays, as JSON, and the comparison of two such descriptions. */
@NullMarked
package org.copick.cli.manifest;

import org.jspecify.annotations.NullMarked;
