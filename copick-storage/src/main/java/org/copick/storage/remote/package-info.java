/**
 * Common code of stores that are accessed through a network. It runs requests in parallel and cancels them, reads
 * several ranges together, and reports failures uniformly. It does not depend on a particular service.
 */
@NullMarked
package org.copick.storage.remote;

import org.jspecify.annotations.NullMarked;
