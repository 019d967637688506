/**
 * The conformance kit: test classes that tell the author of a store or a backend when it is done, and stores to test
 * with.
 *
 * <p>A backend's own tests extend the contract classes, say how to open what is to be tested, and run with JUnit.
 */
@NullMarked
package org.copick.tests;

import org.jspecify.annotations.NullMarked;
