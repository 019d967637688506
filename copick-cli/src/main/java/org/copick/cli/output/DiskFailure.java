package org.copick.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells in words why the disk refused something, and what to do; messages of Java name exceptions or only paths. */
public final class DiskFailure {
    private static final String ELSEWHERE = "choose another folder";

    private DiskFailure() {}

    /** {@code what} cannot be done to {@code path}, because of {@code cause}. */
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
            return file + " is there already; " + ELSEWHERE;
        }
        return fromSystem(file, failure.getReason());
    }

    /** The system's own words; other languages than English stay as they are. */
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
        return reason == null ? "the disk refuses " + file : reason + " (" + file + ")";
    }
}
