/** Commands on whole projects: configuration, copies, synchronisation and the demo. */
@NullMarked
package org.copick.cli.project;

import org.jspecify.annotations.NullMarked;
