/**
 * Folders of web servers as read-only stores.
 *
 * <p>Add {@code copick-http} to the class path or module path; it opens {@code https://host/folder} and {@code
 * http://host/folder}. A web server lists no folders: a project there needs an index beside it. The class {@link
 * org.copick.http.HttpStorageProvider} describes options and credentials; {@code docs/http.md} of the sources tells what
 * a server must do.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.http;

import org.jspecify.annotations.NullMarked;
