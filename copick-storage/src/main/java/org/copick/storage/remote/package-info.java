/**
 * What stores behind a network have in common: requests that many threads make and that can be cut short, ranges that are
 * read together, and one vocabulary of failures. Knows no particular service.
 */
@NullMarked
package org.copick.storage.remote;

import org.jspecify.annotations.NullMarked;
