/**
 * Stores in Google Cloud Storage, and in services with its JSON protocol.
 *
 * <p>Add the artifact to the class path; {@link org.copick.gcs.GcsStorageProvider} is then found for {@code gs://} and
 * {@code gcs://} URLs. The arguments have the names of Python's gcsfs, so a configuration opens in both languages:
 *
 * <pre>{@code
 * try (ObjectStore store = StorageProviders.open("gs://bucket/project", Map.of("token", "anon"))) {
 *     System.out.println(store.listFolder("ExperimentRuns/").prefixes());
 * }
 * }</pre>
 *
 * <p><b>Credentials</b> come from the arguments or from where Google's tools find them. Those of the machine are sent
 * only to Google's hosts and to the endpoint that the user's environment names.
 *
 * <p>A program with a client of its own gives it to {@link org.copick.gcs.GcsStores}.
 *
 * <p><b>Guarantees.</b> Versions are generations, and all ranges of one read are of one generation. Exactly one of
 * several writers creates an object or replaces a version of it. Objects that are read whole are checked against their
 * CRC32C.
 *
 * <p><b>Cost.</b> Opening costs no request. Reading an object costs one, writing one of less than 16 MiB too, listing
 * one for each thousand keys. At most 64 requests of the process run at a time; an interrupt or closing the store ends
 * them.
 *
 * <p>Stores are safe for use by many threads. The page {@code docs/gcs.md} of the sources has arguments, costs and the
 * tested servers. Nothing was run against Google's own service.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.gcs;

import org.jspecify.annotations.NullMarked;
