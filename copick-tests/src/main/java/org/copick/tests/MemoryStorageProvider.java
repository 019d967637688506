package org.copick.tests;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * Opens {@code memory://name/sub/path}: the named space of this process, below {@code sub/path/}. All stores opened on
 * one name share its contents, which stay until {@link #forget}, so a test can fill a space, open a project on it, and
 * look at what the project left. There are no options.
 */
public final class MemoryStorageProvider implements StorageProvider {
    private static final Map<String, MemoryStore.Space> SPACES = new ConcurrentHashMap<>();

    /** The store on the whole space of this name, which is created empty when it is not there. */
    public static MemoryStore space(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw new InvalidConfigException(
                    "\"" + name + "\" is not the name of a memory space: " + "it is one part of a path and not empty");
        }
        return MemoryStore.on(spaceOf(name), "", "memory://" + name);
    }

    /** Lets go of a space; stores already open on it keep their contents. */
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
            throw new InvalidConfigException("cannot open " + address + ": memory stores have no options");
        }
        String path = address.path().replaceFirst("/+$", "");
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        if (name.isEmpty()) {
            throw new InvalidConfigException("cannot open " + address.url() + ": write memory://NAME or more");
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
