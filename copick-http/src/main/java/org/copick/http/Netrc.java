package org.copick.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.copick.error.AccessDeniedException;
import org.copick.error.InvalidConfigException;
import org.copick.error.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The logins in a file {@code .netrc}. Only entries of a named host are used, never {@code default}. A file that others
 * may read is refused if it has an entry for the host. No message quotes the file's content.
 */
final class Netrc {
    /** Largest accepted file in bytes, far more than any that people write. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private Netrc() {}

    /**
     * The login for a host.
     *
     * @param user the user name
     * @param password the password
     */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return "a login";
        }
    }

    /**
     * Finds the login for a host.
     *
     * @param file the file, which may not exist
     * @param host the host's name in lower case
     * @return the first entry's login; empty if there is none
     * @throws AccessDeniedException if the entry must not be used, because others may read or change the file
     * @throws InvalidConfigException if the file is not a valid one
     */
    static Optional<Login> find(Path file, String host) {
        Optional<Login> found = content(file).flatMap(text -> find(text, host, file));
        if (found.isPresent() && isShared(file)) {
            throw new AccessDeniedException("cannot use the login for " + host + " in " + file
                    + ": other users may read or change the file; run chmod 600 on it");
        }
        return found;
    }

    private static Optional<String> content(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MOST_BYTES) {
                throw invalid(file, "it is larger than 1 MiB");
            }
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException(
                    "cannot read the logins in " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static boolean isShared(Path file) {
        try {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(file));
            permissions.retainAll(OTHERS);
            return !permissions.isEmpty();
        } catch (UnsupportedOperationException e) {
            return false; // Windows; a profile is only open to its user by default
        } catch (IOException e) {
            throw new StorageException("cannot read the permissions of " + file, e);
        }
    }

    private static Optional<Login> find(String text, String host, Path file) {
        try {
            return new NetrcText(text).login(host);
        } catch (IllegalArgumentException e) {
            throw invalid(file, e.getMessage());
        }
    }

    private static InvalidConfigException invalid(Path file, @Nullable String what) {
        return new InvalidConfigException("cannot read the logins in " + file + ": " + what);
    }
}
