/**
 * The conformance kit: test classes that show the author of a store or backend when it is complete, and stores for
 * tests.
 *
 * <p>The tests of a store extend {@link org.copick.tests.ObjectStoreContract} and return a {@link
 * org.copick.tests.StoreUnderTest}, a new empty place, from {@code newStore}. JUnit runs them:
 *
 * <pre>{@code
 * class MemoryStoreTest extends ObjectStoreContract {
 *     @Override
 *     protected StoreUnderTest newStore() {
 *         return new MemoryUnderTest(); // yours instead
 *     }
 * }
 * }</pre>
 *
 * <p>Further contracts test projects on the store: {@link org.copick.tests.ProjectContract} all kinds of entities,
 * {@link org.copick.tests.OverlayContract} an overlay over a static root, {@link org.copick.tests.FaultContract}
 * failures of the store, and {@link org.copick.tests.LargeImageContract} images larger than memory. {@link
 * org.copick.tests.BackendContract} tests a backend.
 *
 * <p>A failure is a {@link org.copick.tests.BrokenPromise} that quotes the promise. No test is skipped: a capability
 * that a store does not declare must be refused in the right way. The run ends with a table of stores and promises.
 *
 * <p>{@link org.copick.tests.MemoryStore} is the reference store, on the heap, and {@code memory:} URLs open it. Some
 * tests start threads and processes of their own.
 *
 * <p>Minor releases may add promises. The page {@code docs/backend-authors.md} of the sources is the guide.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.tests;

import org.jspecify.annotations.NullMarked;
