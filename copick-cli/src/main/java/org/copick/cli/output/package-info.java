/** The output of commands: results, messages, progress, files and exit statuses. */
@NullMarked
package org.copick.cli.output;

import org.jspecify.annotations.NullMarked;
