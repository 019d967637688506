package org.copick.fs;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.copick.error.InvalidConfigException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorageProvider;
import org.copick.storage.StoreAddress;

/**
 * Opens folders on the local disk: {@code file://} and {@code local://} URLs and bare paths, interpreted as by fsspec.
 *
 * <p>The text after {@code ://} is used literally as the path: {@code file:///data} is absolute, {@code file://data} is
 * relative, and percent signs are not decoded. {@code ~} and {@code ~/x} start at the home folder. Trailing slashes are
 * dropped. Relative paths start at {@link StoreAddress#baseFolder()}; in Python they start at the working folder.
 *
 * <p>The only specific option is {@code auto_mkdir}. It has no effect, because folders are always created as needed.
 * The options of all fsspec file systems that have no effect here are accepted, too.
 */
public final class LocalStorageProvider implements StorageProvider {
    private static final Set<String> OPTIONS = Set.of(
            "auto_mkdir",
            "asynchronous",
            "skip_instance_cache",
            "use_listings_cache",
            "listings_expiry_time",
            "max_paths");

    /** Called by {@link java.util.ServiceLoader}. */
    public LocalStorageProvider() {}

    @Override
    public String name() {
        return "local disk";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("", "file", "local");
    }

    /**
     * Opens a folder, which need not exist yet.
     *
     * @throws InvalidConfigException if an option or the path is invalid, or the path is a file
     */
    @Override
    public ObjectStore open(StoreAddress address) {
        checkOptions(address);
        Path root = root(address);
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": " + root + " is a file; name the folder of the project");
        }
        return new LocalStore(root);
    }

    private static void checkOptions(StoreAddress address) {
        Map<String, Object> options = address.options();
        for (String name : new TreeSet<>(options.keySet())) {
            if (!OPTIONS.contains(name)) {
                throw new InvalidConfigException("cannot open " + address.url() + ": the local disk has no option \""
                        + name + "\" (it knows " + String.join(", ", new TreeSet<>(OPTIONS)) + ")");
            }
        }
        if (Boolean.TRUE.equals(options.get("asynchronous"))) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": the option \"asynchronous\" must be false or left out");
        }
    }

    private static Path root(StoreAddress address) {
        String path = withoutScheme(address);
        if (path.isEmpty()) {
            throw new InvalidConfigException(
                    "cannot open \"" + address.url() + "\": the path is empty; write . for the base folder");
        }
        String foreign = ForeignPath.problem(path, Names.WINDOWS);
        if (!foreign.isEmpty()) {
            throw new InvalidConfigException("cannot open " + address.url() + ": " + foreign);
        }
        try {
            Path base = address.baseFolder() == null ? Path.of("") : address.baseFolder();
            return base.toAbsolutePath().resolve(expanded(path, address)).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidConfigException(
                    "cannot open " + address.url() + ": " + e.getReason()
                            + (Names.expressesAll() ? "" : "; start Java in a UTF-8 locale, as with LC_ALL=C.UTF-8"),
                    e);
        }
    }

    /** Returns the path. Like fsspec, accepts {@code file:/x} and {@code file:x}, too, which have no {@code ://}. */
    private static String withoutScheme(StoreAddress address) {
        String path = address.path();
        if (address.scheme().isEmpty()) {
            if (path.contains("://")) {
                throw new InvalidConfigException("cannot open " + path
                        + ": this is neither a path nor the URL of one storage; chained URLs are not supported");
            }
            path = path.startsWith("file:")
                    ? path.substring("file:".length())
                    : path.startsWith("local:") ? path.substring("local:".length()) : path;
        }
        boolean driveAfterSlash = Names.WINDOWS && path.matches("/[A-Za-z]:.*");
        return driveAfterSlash ? path.substring(1) : path;
    }

    private static Path expanded(String path, StoreAddress address) {
        if (!path.startsWith("~")) {
            return Path.of(path);
        }
        if (path.length() > 1 && path.charAt(1) != '/') {
            throw new InvalidConfigException("cannot open " + address.url()
                    + ": other people's home folders are not looked up; write the path, or ./" + path);
        }
        Path home = Path.of(System.getProperty("user.home"));
        return path.length() <= 2 ? home : home.resolve(path.substring(2).replaceFirst("^/+", ""));
    }
}
