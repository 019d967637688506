package org.copick.fs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.jspecify.annotations.Nullable;

/** Converts between keys and file names, and defines the names reserved for this module. */
final class Names {
    static final String LOCK = ".copick-lock";

    private static final String OWN = ".copick-";
    private static final String TEMPORARY = ".tmp";

    static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    /** True if Java can represent every file name; otherwise it reads some characters as question marks. */
    private static final boolean ALL_NAMES =
            WINDOWS || System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");

    private Names() {}

    static boolean expressesAll() {
        return ALL_NAMES;
    }

    /** Returns the name of the lock file for replacements by version; numbers above 1 are for substitutes of it. */
    static String lock(int number) {
        return number == 1 ? LOCK : LOCK + "-" + number;
    }

    /** Returns a new hidden path beside {@code target}, whose ending is not that of any copick entity. */
    static Path temporaryBeside(Path target) {
        return target.resolveSibling(
                OWN + Long.toHexString(ThreadLocalRandom.current().nextLong()) + TEMPORARY);
    }

    /** Returns whether a name was made by {@link #temporaryBeside}. */
    static boolean isTemporary(String name) {
        return name.startsWith(OWN) && name.endsWith(TEMPORARY);
    }

    /** Returns whether a name is reserved for this module, and therefore never listed. */
    static boolean isOwn(String name) {
        return name.startsWith(OWN);
    }

    /**
     * Returns the file to read for a key, or null if the disk cannot hold such a key, so that no object can have it.
     */
    static @Nullable Path toRead(Path root, String key) {
        Keys.checked(key);
        return problem(key, WINDOWS).isEmpty() ? resolve(root, key) : null;
    }

    /**
     * Returns the file to write for a key.
     *
     * @throws InvalidNameException if the disk cannot hold such a key, or if it is reserved for this module
     */
    static Path toWrite(Path root, String key) {
        String problem = problem(Keys.checked(key), WINDOWS);
        if (!problem.isEmpty()) {
            throw new InvalidNameException("cannot write " + key + " in " + root + ": it holds " + problem);
        }
        return resolve(root, key);
    }

    /** Returns the name of a file for a listing, or null if the file must not be listed. */
    static @Nullable String listed(Path file) {
        String name = String.valueOf(file.getFileName());
        if (isOwn(name)) {
            return null;
        }
        try {
            if (file.resolveSibling(name).equals(file)) {
                return name;
            }
        } catch (InvalidPathException e) {
            // Java cannot represent the name
        }
        if (ALL_NAMES) {
            return null;
        }
        throw new InvalidNameException("cannot list " + file.getParent()
                + ": it holds a name that Java cannot represent; start Java in a UTF-8 locale, for example with"
                + " LC_ALL=C.UTF-8");
    }

    /** Returns the problem with a key, or an empty text. */
    static String problem(String key, boolean windows) {
        if (isOwn(key) || key.contains("/" + OWN)) {
            return "a name that begins with the reserved " + OWN;
        }
        if (windows) {
            for (String name : key.split("/", -1)) {
                String problem = WindowsNames.problem(name);
                if (!problem.isEmpty()) {
                    return problem + ", which Windows does not allow in names";
                }
            }
        }
        return "";
    }

    private static Path resolve(Path root, String key) {
        try {
            return root.resolve(key);
        } catch (InvalidPathException e) {
            throw new InvalidNameException(
                    "\"" + key + "\" cannot be the name of a file: " + e.getReason()
                            + (ALL_NAMES ? "" : "; start Java in a UTF-8 locale, for example with LC_ALL=C.UTF-8"),
                    e);
        }
    }
}
