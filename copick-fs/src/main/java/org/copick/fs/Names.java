package org.copick.fs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.copick.error.InvalidNameException;
import org.copick.storage.Keys;
import org.jspecify.annotations.Nullable;

/** How keys and names of files correspond, and which names belong to this module. */
final class Names {
    static final String LOCK = ".copick-lock";

    private static final String OWN = ".copick-";
    private static final String TEMPORARY = ".tmp";

    static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    /** Whether Java can express every name of the disk; otherwise it reads foreign ones as question marks. */
    private static final boolean ALL_NAMES =
            WINDOWS || System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8");

    private Names() {}

    static boolean expressesAll() {
        return ALL_NAMES;
    }

    /** The name of the file of a folder on which replacements by version are locked, or of another one instead of it. */
    static String lock(int number) {
        return number == 1 ? LOCK : LOCK + "-" + number;
    }

    /** A new hidden name, not ending like anything that a copick listing looks for. */
    static Path temporaryBeside(Path target) {
        return target.resolveSibling(
                OWN + Long.toHexString(ThreadLocalRandom.current().nextLong()) + TEMPORARY);
    }

    /** Whether a name is one of {@link #temporaryBeside}. */
    static boolean isTemporary(String name) {
        return name.startsWith(OWN) && name.endsWith(TEMPORARY);
    }

    /** Whether a name is one of the hidden ones of this module, which no listing shows. */
    static boolean isOwn(String name) {
        return name.startsWith(OWN);
    }

    /** The file of a key to read; null where the disk cannot hold such a key, so that nothing can be there. */
    static @Nullable Path toRead(Path root, String key) {
        Keys.checked(key);
        return problem(key, WINDOWS).isEmpty() ? resolve(root, key) : null;
    }

    /**
     * The file of a key to write.
     *
     * @throws InvalidNameException for a key that this disk cannot hold or that this module needs itself
     */
    static Path toWrite(Path root, String key) {
        String problem = problem(Keys.checked(key), WINDOWS);
        if (!problem.isEmpty()) {
            throw new InvalidNameException("cannot write " + key + " in " + root + ": it holds " + problem);
        }
        return resolve(root, key);
    }

    /** The name of a listed file, or null for one that is not to be listed. */
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
            // not expressible either
        }
        if (ALL_NAMES) {
            return null;
        }
        throw new InvalidNameException("cannot list " + file.getParent()
                + ": it holds a name that Java cannot express; start Java in a UTF-8 locale, for example with"
                + " LC_ALL=C.UTF-8");
    }

    /** Returns the problem with a key, or empty text. */
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
