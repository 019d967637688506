package org.copick.mesh;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.copick.error.CorruptDataException;

/** Makes names unique by appending numbers, as trimesh does, so that both get equal names. */
final class UniqueNames {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,18}");
    /** Most names to try in vain, in total. A hostile file could otherwise make the search take very long. */
    private static final int MOST_IN_VAIN = 2_000_000;

    private final String location;

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Long> counts = new HashMap<>();
    private int inVain;

    UniqueNames(String location) {
        this.location = location;
    }

    /** Returns the requested name if it is free, otherwise the name with a number appended. */
    String next(String wish) {
        if (take(wish)) {
            return wish;
        }
        String stem = wish.isEmpty() ? "geometry" : wish;
        long count = counts.getOrDefault(wish, 0L);
        int split = wish.lastIndexOf('_');
        if (count == 0
                && split >= 0
                && WHOLE_NUMBER.matcher(wish.substring(split + 1)).matches()) {
            count = Long.parseLong(wish.substring(split + 1));
            stem = wish.substring(0, split);
        }
        while (true) {
            count++;
            String name = stem + "_" + count;
            if (taken.add(name)) {
                counts.put(wish, count);
                return name;
            }
            if (++inVain > MOST_IN_VAIN) {
                throw new CorruptDataException(location + " is a broken GLB file: too many of its names are equal");
            }
        }
    }

    /** Takes a name and returns whether it was free. Empty names never are. */
    boolean take(String name) {
        return !name.isEmpty() && taken.add(name);
    }

    /** Releases a name that was not used after all. */
    void release(String name) {
        taken.remove(name);
    }
}
