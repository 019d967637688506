package org.copick.exchange;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.copick.error.AccessDeniedException;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;

/** Translates an {@link IOException} of the disk to an exception with a message for users. */
final class FileFailures {
    private FileFailures() {}

    /** Returns the exception for an {@code operation} on {@code file} that failed with {@code cause}. */
    static CopickException of(String operation, Path file, IOException cause) {
        String what = "cannot " + operation + " " + file + ": ";
        if (cause instanceof ClosedByInterruptException) {
            Thread.currentThread().interrupt();
            return new OperationInterruptedException(what + "interrupted", cause);
        }
        if (cause instanceof ClosedChannelException) {
            return new ClosedException(what + "it was closed", cause);
        }
        if (cause instanceof NoSuchFileException missing) {
            return new NotFoundException(what + "there is no " + missing.getFile(), cause);
        }
        if (cause instanceof java.nio.file.AccessDeniedException denied) {
            return new AccessDeniedException(
                    what + "permission denied on " + denied.getFile() + "; ask its owner for access", cause);
        }
        String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return new StorageException(what + (reason == null ? cause.getClass().getSimpleName() : reason), cause);
    }
}
