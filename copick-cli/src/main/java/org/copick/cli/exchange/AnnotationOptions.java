package org.copick.cli.exchange;

import org.copick.Root;
import org.copick.cli.options.Author;
import org.copick.cli.options.AuthorOptions;
import org.copick.config.EntityNames;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for imported annotations of one object. */
final class AnnotationOptions {
    @Option(
            names = "--object-name",
            required = true,
            paramLabel = "NAME",
            description = "Name of the object (required).")
    private String object = "";

    @Mixin
    private AuthorOptions by = new AuthorOptions();

    AnnotationOptions() {}

    String object() {
        return object;
    }

    /** Returns the author; refuses an unknown object and ids that are invalid for new entities. */
    Author checkedAuthor(Root root) {
        root.object(object);
        Author author = by.of(root);
        EntityNames.checkedForCreation("user id", author.user());
        EntityNames.checkedForCreation("session id", author.session());
        return author;
    }
}
