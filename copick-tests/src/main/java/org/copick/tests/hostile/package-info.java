/**
 * Stores that wrap any other store: they count calls, check for leaks, or inject faults.
 *
 * <p>{@link org.copick.tests.hostile.CountingStore} records every call, so that a test can assert exact requests.
 * {@link org.copick.tests.hostile.LeakCheckingStore} fails if its writers or itself were not closed. {@link
 * org.copick.tests.hostile.FaultInjectingStore} makes chosen calls fail, slow or wrong, as a {@link
 * org.copick.tests.hostile.Fault} describes. Own wrappers extend {@link org.copick.tests.hostile.InterceptingStore}.
 *
 * <pre>{@code
 * CountingStore counter = new CountingStore(new MemoryStore());
 * FaultInjectingStore store = new FaultInjectingStore(counter).with(Fault.before().call(2)); // from 0
 * store.info("a");
 * System.out.println(counter.calls());
 * }</pre>
 *
 * <p>The wrappers add no calls. Closing one closes the store behind it.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.tests.hostile;

import org.jspecify.annotations.NullMarked;
