/**
 * The project configuration, Python copick's JSON as records, and the rules for names.
 *
 * <p>Reading converts text to records and writing converts records to text, without I/O. Files are the business of the
 * storage layer.
 */
@NullMarked
package org.copick.config;

import org.jspecify.annotations.NullMarked;
