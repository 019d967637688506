/**
 * The exceptions that copick throws: one small sealed family of unchecked exceptions.
 *
 * <p>All of them extend {@link org.copick.error.CopickException}. The class says what a program can do: {@link
 * org.copick.error.ConflictException} is worth a repetition with fresh data, {@link
 * org.copick.error.StorageException#mayBeTransient} says whether a later attempt may succeed, and {@link
 * org.copick.error.CorruptDataException} will not go away. The message is for people: it names the object, the
 * operation and, if known, the remedy.
 *
 * <pre>{@code
 * try {
 *     picks.write(points);
 * } catch (ConflictException e) {
 *     picks.refresh(); // somebody else has written the file meanwhile
 * } catch (StorageException e) {
 *     System.err.println(e.getMessage() + (e.mayBeTransient() ? "; try again later" : ""));
 * }
 * }</pre>
 *
 * <p>A missing entity or object is an empty result, and an exception only if it was requested by its name. Mistakes of
 * the program, such as a region outside its array, are an {@link IllegalArgumentException}.
 *
 * <p>Messages never contain a credential; {@link org.copick.error.UrlSecrets} masks those in URLs. The page {@code
 * docs/application.md} of the sources lists all exceptions.
 *
 * <p>This package depends on no other, because stores, the Zarr engine and the model all throw these exceptions.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.error;

import org.jspecify.annotations.NullMarked;
