/** What entities are and what identifies them: kinds, keys, types and layers. */
@NullMarked
package org.copick.entity;

import org.jspecify.annotations.NullMarked;
