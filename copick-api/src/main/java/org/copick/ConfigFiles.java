package org.copick;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.copick.config.ProjectConfig;
import org.copick.error.InvalidConfigException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreAddress;
import org.copick.storage.StoredObject;
import org.copick.storage.WriteCondition;
import org.jspecify.annotations.Nullable;

/** Finds, reads and writes the configuration files of projects, in any installed store. */
final class ConfigFiles {
    private final CopickContext context;
    private final Providers providers;

    ConfigFiles(CopickContext context, Providers providers) {
        this.context = context;
        this.providers = providers;
    }

    /**
     * Reads a configuration file. Costs one request.
     *
     * @throws NotFoundException if there is no such file
     * @throws InvalidConfigException if the file is not a valid configuration
     */
    FoundConfig read(String file) {
        Objects.requireNonNull(file, "config");
        String written = withSlashes(file);
        String path = new StoreAddress(written, Map.of(), null).path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String folder = written.substring(0, written.length() - name.length());
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.equals("~")) {
            throw new NotFoundException("\"" + file + "\" names a folder; pass the path of a configuration file");
        }
        try {
            return read(folder.isEmpty() ? "." : folder, name);
        } catch (InvalidNameException e) {
            throw new NotFoundException("no configuration file at \"" + file + "\": " + e.getMessage(), e);
        }
    }

    private FoundConfig read(String folder, String name) {
        ObjectStore store = context.store(folder);
        try {
            String location = store.location().endsWith("/") ? store.location() + name : store.location() + "/" + name;
            StoredObject found = store.read(name)
                    .orElseThrow(
                            () -> new NotFoundException("no configuration file at " + location + "; check the path"));
            ProjectConfig config = ProjectConfig.parse(utf8(found.bytes(), location), location);
            Path local = localFolder(folder, store);
            ConfigFile file = new ConfigFile(
                    context,
                    folder,
                    name,
                    local == null ? null : local.resolve(name),
                    found.info().version());
            return new FoundConfig(config, local, file, store);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Returns the folder of a configuration file, or null if it is not on this machine. */
    @Nullable Path folderOf(String file) {
        String folder = parent(withSlashes(file));
        try (ObjectStore store = context.store(folder)) {
            return localFolder(folder, store);
        }
    }

    /** Writes a configuration file as a whole. A file with credentials is readable by its owner only. */
    void write(ProjectConfig config, String file, WriteCondition condition) {
        String written = withSlashes(file);
        String folder = parent(written);
        String name = written.substring(written.lastIndexOf('/') + 1);
        byte[] json = config.toJson().getBytes(StandardCharsets.UTF_8);
        try (ObjectStore store = context.store(folder)) {
            Path local = config.holdsSecrets() ? localFolder(folder, store) : null;
            boolean taken = condition == WriteCondition.IF_ABSENT && local != null && Files.exists(local.resolve(name));
            if (local == null || taken || PrivateFile.restrict(local.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                store.write(name, json, condition);
            } else {
                PrivateFile.create(local.resolve(name), json);
            }
        }
    }

    private @Nullable Path localFolder(String folder, ObjectStore store) {
        String scheme = new StoreAddress(folder, Map.of(), null).scheme();
        return scheme.isEmpty() || providers.isLocal(scheme) ? Path.of(store.location()) : null;
    }

    private static String withSlashes(String file) {
        return File.separatorChar == '\\' && !file.contains("://") ? file.replace('\\', '/') : file;
    }

    private static String parent(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : file.substring(0, slash + 1);
    }

    private static String utf8(byte[] bytes, String location) {
        boolean isUtf16 =
                bytes.length > 1 && ((bytes[0] == -2 && bytes[1] == -1) || (bytes[0] == -1 && bytes[1] == -2));
        if (isUtf16) {
            throw new InvalidConfigException("invalid configuration " + location
                    + ": it begins with the byte order mark of UTF-16; save it as UTF-8");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidConfigException(
                    "invalid configuration " + location + ": it is not UTF-8 text; save it as UTF-8", e);
        }
    }
}
