package org.copick.tests;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * Opens {@code memory://name/sub/path}: the part of a named in-memory space below {@code sub/path/}.
 *
 * <p>All stores opened on one name share its contents until {@link #forget}. A test can therefore fill a space, open a
 * project on it, and inspect the objects that the project wrote. The provider has no options.
 */
public final class MemoryStorageProvider implements StorageProvider {
    private static final Map<String, MemoryStore.Space> SPACES = new ConcurrentHashMap<>();

    /** Creates a provider, as {@link java.util.ServiceLoader} does. */
    public MemoryStorageProvider() {}

    /**
     * {@return a store on the whole space of this name, creating an empty space if there is none}
     *
     * @param name the part of the URL after {@code memory://}: one path segment
     */
    public static MemoryStore space(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new InvalidConfigException("\"" + name + "\" is not the name of a memory space: "
                    + "use a single non-empty path segment, without slashes");
        }
        return MemoryStore.on(spaceOf(name), "", "memory://" + name);
    }

    /**
     * Removes a space; stores that are open on it keep their contents.
     *
     * @param name the part of the URL after {@code memory://}: one path segment
     */
    public static void forget(String name) {
        SPACES.remove(name);
    }

    @Override
    public String name() {
        return "memory of this process";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("memory");
    }

    @Override
    public MemoryStore open(StoreAddress address) {
        if (!address.options().isEmpty()) {
            throw new InvalidConfigException(
                    "cannot open " + address + ": memory stores have no options; remove the arguments");
        }
        String path = address.path().replaceFirst("/+$", "");
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        if (name.isEmpty()) {
            throw new InvalidConfigException("cannot open " + address.url()
                    + ": the name of the space is missing; use memory://NAME or memory://NAME/PATH");
        }
        try {
            return MemoryStore.on(spaceOf(name), slash < 0 ? "" : path.substring(slash + 1) + "/", "memory://" + path);
        } catch (InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }

    private static MemoryStore.Space spaceOf(String name) {
        return SPACES.computeIfAbsent(name, n -> new MemoryStore.Space());
    }
}
