package org.copick.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages for failures of the disk, with the reason and the remedy.
 *
 * <p>Java's own messages only name an exception or a path.
 */
public final class DiskFailure {
    private static final String ELSEWHERE = "choose another folder";

    private DiskFailure() {}

    /** Returns a failure with the message "cannot {@code what} {@code path}", the reason and the remedy. */
    public static CommandFailure of(String what, Path path, IOException cause) {
        return new CommandFailure("cannot " + what + " " + path + ": " + reason(path, cause), cause);
    }

    private static String reason(Path path, IOException cause) {
        if (!(cause instanceof FileSystemException failure)) {
            return String.valueOf(cause.getMessage());
        }
        String file = failure.getFile() == null ? path.toString() : failure.getFile();
        if (cause instanceof NoSuchFileException) {
            return "there is no " + file + "; check the path";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied on " + file + "; ask its owner for access, or " + ELSEWHERE;
        }
        if (cause instanceof FileAlreadyExistsException) {
            return file + " exists already; " + ELSEWHERE;
        }
        return fromSystem(file, failure.getReason());
    }

    /** Returns a remedy for the system's reason if it is in English, or else the reason itself. */
    private static String fromSystem(String file, @Nullable String reason) {
        String words = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        if (words.contains("read-only")) {
            return file + " is on a read-only disk; " + ELSEWHERE;
        }
        if (words.contains("no space") || words.contains("quota")) {
            return "the disk is full; delete something, or " + ELSEWHERE;
        }
        if (words.contains("not a directory")) {
            return "a part of the path " + file + " is a file; " + ELSEWHERE;
        }
        return reason == null ? "the disk refused " + file : reason + " (" + file + ")";
    }
}
