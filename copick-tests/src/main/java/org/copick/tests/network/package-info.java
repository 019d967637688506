/**
 * Contracts for stores behind a network, and a proxy that injects failures and logs requests.
 *
 * <p>The tests of such a store describe a place on a server with {@link org.copick.tests.network.NetworkUnderTest} and
 * extend {@link org.copick.tests.network.NetworkFailuresContract} (broken connections, slow and endless answers,
 * messages), {@link org.copick.tests.network.NetworkBudgetsContract} (requests, bytes and round trips of user actions)
 * and {@link org.copick.tests.network.TouchedBucketContract} (objects that consoles and other programs left).
 *
 * <p>{@link org.copick.tests.network.FaultyProxy} stands between client and server on the loopback interface. It
 * answers, resets, cuts, stalls or drips chosen requests, and logs every {@link org.copick.tests.network.Exchange}:
 *
 * <pre>{@code
 * try (FaultyProxy proxy = new FaultyProxy(URI.create("http://127.0.0.1:9000"))) {
 *     proxy.harm(request -> true, 1, new FaultyProxy.Reset(false)); // the next request, before it is served
 *     System.out.println(proxy.endpoint() + " was asked " + proxy.exchanges().size() + " times");
 * }
 * }</pre>
 *
 * <p>The proxy understands HTTP/1.1 without encryption.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.tests.network;

import org.jspecify.annotations.NullMarked;
