/**
 * Common code of stores in buckets: requests, retries, ranges, listings and failures. It does not know any service.
 *
 * <p>For authors of such stores; programs that use a store do not need this package. A store extends {@link
 * org.copick.storage.remote.BucketStore} and supplies an {@link org.copick.storage.remote.ObjectSource} that downloads,
 * a {@link org.copick.storage.remote.BucketListing} that requests pages, and the requests that write. {@link
 * org.copick.storage.remote.OptionReader} reads the arguments of a configuration and refuses unknown ones by name.
 * {@link org.copick.storage.remote.SharedClients} keeps one client for stores with equal options.
 *
 * <p><b>Requests.</b> {@link org.copick.storage.remote.Requests} runs them in daemon threads, at most {@value
 * org.copick.storage.remote.Requests#AT_ONCE} at a time in the process, while the caller waits. An interrupt, a time
 * limit and closing the store end a call at once. {@link org.copick.storage.remote.Retries} repeats transient failures
 * within the limits of a {@link org.copick.storage.remote.RetryPolicy}.
 *
 * <p><b>Untrusted services.</b> {@link org.copick.storage.remote.AnswerBody} bounds the rate and size of answers, and a
 * listing must advance. {@link org.copick.storage.remote.Endpoint} decides whether this machine's credentials may be
 * sent to an address, since a configuration may come from a stranger. Redirects are not followed ({@link
 * org.copick.storage.remote.Redirect}).
 *
 * <p>{@link org.copick.storage.remote.FailureKind} gives failures of every service equal exceptions and words. All
 * types are safe for use by many threads unless they say otherwise. The stores for Amazon S3 and Google Cloud Storage
 * are examples; {@code docs/s3.md} of the sources has their cost in requests.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.storage.remote;

import org.jspecify.annotations.NullMarked;
