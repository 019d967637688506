/** The kinds, keys, types and layers of entities. */
@NullMarked
package org.copick.entity;

import org.jspecify.annotations.NullMarked;
