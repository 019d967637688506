package org.example.folder;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/** Opens {@code flat:///path/to/folder}, and {@code flat:///path/to/folder!/project} for the keys below {@code project/}. */
public final class FolderStorageProvider implements StorageProvider {
    @Override
    public String name() {
        return "flat folder";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("flat");
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        if (!address.options().isEmpty()) {
            // the address prints the names of options only, since values may be secrets
            throw new InvalidConfigException("cannot open " + address + ": flat folders have no options");
        }
        String path = address.path().replaceFirst("!?/*$", "");
        int inside = path.indexOf("!/");
        String folder = inside < 0 ? path : path.substring(0, inside);
        if (folder.isEmpty()) {
            throw new InvalidConfigException("cannot open " + address.url() + ": it names no folder");
        }
        try {
            Path base = address.baseFolder() == null ? Path.of("") : address.baseFolder();
            return new FolderStore(
                    base.resolve(folder).toAbsolutePath().normalize(),
                    inside < 0 ? "" : path.substring(inside + 2) + "/");
        } catch (InvalidPathException | InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }
}
