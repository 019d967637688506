/**
 * A store in a folder on the local disk.
 *
 * <p>Add the artifact to the class path; {@link org.copick.fs.LocalStorageProvider} is then found for paths and for
 * {@code file:} and {@code local:} URLs. Code need not name it:
 *
 * <pre>{@code
 * try (ObjectStore store = StorageProviders.open("local:///data/project", Map.of())) {
 *     System.out.println(store.listFolder("ExperimentRuns/").prefixes());
 * }
 * }</pre>
 *
 * <p>A file is written under a temporary name and renamed, so that nobody sees a partial file, even if the writer is
 * killed. Folders are created as needed. Data is passed to the operating system and not forced to the medium.
 *
 * <p>Conditional replacements exclude each other within the process and, by a lock on {@code .copick-lock} in the root,
 * among processes of the machine. Several users can share a folder if its permissions allow it.
 *
 * <p>Symbolic links are followed by reads, listings and writes, also to places outside the root. Nothing outside the
 * root is deleted.
 *
 * <p>Stores are safe for use by many threads. The pages {@code docs/storage.md} and {@code docs/layers.md} of the
 * sources describe arguments and shared folders.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.fs;

import org.jspecify.annotations.NullMarked;
