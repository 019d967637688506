/**
 * The conformance kit: test classes that show the author of a store or backend when it is complete, and stores for
 * tests.
 *
 * <p>The tests of a store or backend extend the contract classes, override how to open it, and run with JUnit.
 */
@NullMarked
package org.copick.tests;

import org.jspecify.annotations.NullMarked;
