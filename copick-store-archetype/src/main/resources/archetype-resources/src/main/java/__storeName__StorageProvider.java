package ${package};

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * Opens {@code ${scheme}:///path/to/folder!}, and {@code ${scheme}:///path/to/folder!/project} for the keys below
 * {@code project/}.
 *
 * <p>Change the part before the {@code !} if your storage is not in a folder; see "The URL" in docs/backend-authors.md.
 */
public final class ${storeName}StorageProvider implements StorageProvider {
    @Override
    public String name() {
        return "${scheme}";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("${scheme}");
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        if (!address.options().isEmpty()) {
            // the address prints the names of options only, since values may be secrets
            throw new InvalidConfigException("cannot open " + address + ": this kind of store has no options");
        }
        String path = address.path().replaceFirst("!?/*$", "");
        int inside = path.indexOf("!/");
        String folder = inside < 0 ? path : path.substring(0, inside);
        if (folder.isEmpty()) {
            throw new InvalidConfigException("cannot open " + address.url() + ": it names no folder");
        }
        try {
            Path base = address.baseFolder() == null ? Path.of("") : address.baseFolder();
            return new ${storeName}Store(
                    base.resolve(folder).toAbsolutePath().normalize(),
                    inside < 0 ? "" : path.substring(inside + 2) + "/");
        } catch (InvalidPathException | InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }
}
