/**
 * Folders of web servers as read-only stores.
 *
 * <p>Add {@code copick-http} to the class path or module path; it opens {@code https://host/folder} and {@code
 * http://host/folder}. A single object, such as a configuration, can be read at once. A web server lists no folders, so
 * a project there needs an index beside it.
 *
 * <p>{@link org.copick.http.HttpStorageProvider} describes options, credentials and versions. Programs need no other
 * type of this package: stores are opened by their URLs.
 *
 * <p>{@code docs/http.md} of the sources states what a server must do, what is refused, and the cost in requests.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.http;

import org.jspecify.annotations.NullMarked;
