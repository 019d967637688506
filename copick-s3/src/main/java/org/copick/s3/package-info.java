/**
 * Stores in Amazon S3, and in services with the same protocol such as MinIO.
 *
 * <p>Add the artifact to the class path; {@link org.copick.s3.S3StorageProvider} is then found for {@code s3://} and
 * {@code s3a://} URLs. The arguments have the names of Python's s3fs, so a configuration opens in both languages:
 *
 * <pre>{@code
 * try (ObjectStore store = StorageProviders.open("s3://bucket/project", Map.of("anon", true))) {
 *     System.out.println(store.listFolder("ExperimentRuns/").prefixes());
 * }
 * }</pre>
 *
 * <p><b>Credentials</b> come from the arguments or from where AWS tools find them. Those of the machine are sent only
 * to Amazon's hosts and to endpoints that the user's environment or profile names.
 *
 * <p>A program with a client of its own gives it to {@link org.copick.s3.S3Stores}.
 *
 * <p><b>Guarantees.</b> All ranges of one read are of one ETag. On services that honour conditional writes, exactly one
 * of several writers creates an object or replaces a version of it; a trial with a small object finds out, once in a
 * process for each bucket.
 *
 * <p><b>Cost.</b> Opening costs no request. Reading an object costs one, writing one of less than 64 MiB too, listing
 * one for each thousand keys. At most 64 requests of the process run at a time; an interrupt or closing the store ends
 * them.
 *
 * <p>Stores are safe for use by many threads. The page {@code docs/s3.md} of the sources has arguments, costs and the
 * tested services.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.s3;

import org.jspecify.annotations.NullMarked;
