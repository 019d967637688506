package org.copick.fs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.copick.error.AccessDeniedException;
import org.copick.error.CopickException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;

/** Translates an {@link IOException} of the disk into a {@link CopickException} with a message for the user. */
final class Failures {
    private Failures() {}

    /**
     * Returns the exception for a failed {@code operation} on {@code path}; restores the interrupt flag if interrupted.
     */
    static CopickException of(String operation, Path path, IOException cause) {
        String what = "cannot " + operation + " " + path + ": ";
        if (cause instanceof ClosedByInterruptException
                || cause instanceof FileLockInterruptionException
                || cause instanceof InterruptedIOException) {
            Thread.currentThread().interrupt();
            return new OperationInterruptedException(what + "interrupted", cause);
        }
        if (cause instanceof FileSystemException failure && isDenial(failure)) {
            return new AccessDeniedException(
                    what + "permission denied on " + denied(failure, path) + "; ask its owner for access", cause);
        }
        return new StorageException(what + reason(cause), cause);
    }

    /**
     * Returns whether permission was denied. Java has no exception type for a sticky folder, which prevents users from
     * changing the files of others; only the reason shows it.
     */
    static boolean isDenial(FileSystemException failure) {
        return failure instanceof java.nio.file.AccessDeniedException
                || "Operation not permitted".equals(failure.getReason());
    }

    /** Returns the path to name in a message: never a hidden temporary file, but its target or its folder. */
    private static Path denied(FileSystemException failure, Path path) {
        for (String file : new String[] {failure.getFile(), failure.getOtherFile()}) {
            Path name = file == null ? null : Path.of(file).getFileName();
            if (file != null && name != null && !Names.isTemporary(name.toString())) {
                return Path.of(file);
            }
        }
        Path folder =
                failure.getFile() == null ? null : Path.of(failure.getFile()).getParent();
        return folder == null ? path : folder;
    }

    /** Returns the exception for a failed write of {@code bytes} bytes; the message says if the disk is full. */
    static CopickException ofWrite(Path path, long bytes, IOException cause) {
        CopickException failure = of("write", path, cause);
        return failure instanceof StorageException && isFull(path, bytes)
                ? new StorageException(
                        "cannot write the " + bytes + " bytes of " + path + ": the disk is full (" + reason(cause)
                                + "); free some space",
                        cause)
                : failure;
    }

    static OperationInterruptedException interrupted(String operation, Path path) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("cannot " + operation + " " + path + ": interrupted");
    }

    private static boolean isFull(Path path, long bytes) {
        try {
            return Files.getFileStore(existing(path)).getUsableSpace() < bytes;
        } catch (IOException e) {
            return false; // only decides the wording
        }
    }

    /** Returns {@code path}, or the nearest folder above it that exists. */
    static Path existing(Path path) {
        Path existing = path;
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                return existing;
            }
            existing = parent;
        }
        return existing;
    }

    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
