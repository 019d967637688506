/**
 * The copick layout: which key each entity has in a store (spec section 4), and the backend that any store becomes by
 * it. No other package knows these names.
 */
@NullMarked
package org.copick.layout;

import org.jspecify.annotations.NullMarked;
