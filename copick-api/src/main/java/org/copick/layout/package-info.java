/**
 * The copick layout: the keys of entities in a store (spec section 4), and a backend for any store in that layout.
 *
 * <p>No other package knows these names.
 */
@NullMarked
package org.copick.layout;

import org.jspecify.annotations.NullMarked;
