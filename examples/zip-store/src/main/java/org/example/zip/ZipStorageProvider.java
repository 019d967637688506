package org.example.zip;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/** Opens {@code zip:///path/to/file.zip}, or a folder in it as {@code zip:///path/to/file.zip!/folder}. */
public final class ZipStorageProvider implements StorageProvider {
    @Override
    public String name() {
        return "ZIP file, read-only";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("zip");
    }

    @Override
    public ObjectStore open(StoreAddress address) {
        if (!address.options().isEmpty()) {
            throw new InvalidConfigException(
                    "cannot open " + address + ": ZIP files have no options; remove the arguments");
        }
        String path = address.path().replaceFirst("!?/*$", "");
        int inside = path.indexOf("!/");
        String file = inside < 0 ? path : path.substring(0, inside);
        if (file.isEmpty()) {
            throw new InvalidConfigException("cannot open " + address.url()
                    + ": the path of the ZIP file is missing; use zip:///path/to/file.zip");
        }
        try {
            Path base = address.baseFolder() == null ? Path.of("") : address.baseFolder();
            return new ZipStore(
                    base.resolve(file).toAbsolutePath().normalize(),
                    inside < 0 ? "" : path.substring(inside + 2) + "/");
        } catch (InvalidPathException | InvalidNameException e) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + e.getMessage(), e);
        }
    }
}
