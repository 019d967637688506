/**
 * The project configuration: Python copick's JSON as records, and the rule for names.
 *
 * <p>Reading and writing here are pure: text in, records out. Where the text lies is the business of the storage layer.
 */
@NullMarked
package org.copick.config;

import org.jspecify.annotations.NullMarked;
