/** Descriptions of projects and of folders of arrays as JSON, and their comparison. */
@NullMarked
package org.copick.cli.manifest;

import org.jspecify.annotations.NullMarked;
