package org.example.sqlite;

import static org.example.sqlite.Database.query;
import static org.example.sqlite.Database.update;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ByteRange;
import org.copick.storage.FolderListing;
import org.copick.storage.Keys;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StoreCapability;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;

/**
 * A store whose objects are rows of one SQLite file.
 *
 * <p>Every call is one transaction, so changes of several objects are atomic. Row numbers are never reused and serve as
 * versions. SQLite compares text by its UTF-8 bytes, which is code-point order.
 */
public final class SqliteStore implements ObjectStore {
    private static final Set<StoreCapability> CAPABILITIES = Set.of(
            StoreCapability.WRITE,
            StoreCapability.CREATE_IF_ABSENT,
            StoreCapability.REPLACE_IF_VERSION,
            StoreCapability.REPLACE_PREFIX);

    private final Database database;
    private final String folder;
    private final String location;

    /**
     * Creates a store.
     *
     * @param file the database, which the first write creates
     * @param folder the folder of the keys in the database: empty, or ending with {@code /}
     */
    public SqliteStore(Path file, String folder) {
        this.database = new Database(file);
        this.folder = Keys.checkedPrefix(folder);
        this.location =
                "sqlite://" + file + "!" + (folder.isEmpty() ? "" : "/" + folder.substring(0, folder.length() - 1));
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Set<StoreCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Optional<StoredObject> read(String key) {
        String full = full(key);
        return database.read(Optional.empty(), connection -> {
            List<StoredObject> found = new ArrayList<>();
            String sql = "SELECT length(bytes), version, bytes FROM objects WHERE key = ?";
            query(connection, sql, row -> found.add(new StoredObject(info(key, row), row.getBytes(3))), full);
            return found.stream().findFirst();
        });
    }

    @Override
    public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, Version expected) {
        String full = full(key);
        return database.read(Optional.empty(), connection -> {
            Optional<ObjectInfo> found = info(connection, key, full);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ObjectInfo info = found.get();
            if (expected != null && !expected.equals(info.version())) {
                throw changed("read", key);
            }
            List<byte[]> parts = new ArrayList<>();
            for (ByteRange range : ranges) {
                database.checkUsable();
                long length = range.lengthIn(info.size());
                if (length == 0) {
                    parts.add(new byte[0]);
                } else {
                    String sql = "SELECT substr(bytes, ?, ?) FROM objects WHERE key = ?";
                    long first = range.startIn(info.size()) + 1;
                    query(connection, sql, row -> parts.add(row.getBytes(1)), first, length, full);
                }
            }
            return Optional.of(new RangesRead(info, parts));
        });
    }

    @Override
    public Optional<ObjectInfo> info(String key) {
        String full = full(key);
        return database.read(Optional.empty(), connection -> info(connection, key, full));
    }

    private static Optional<ObjectInfo> info(Connection connection, String key, String full) throws SQLException {
        List<ObjectInfo> found = new ArrayList<>();
        String sql = "SELECT length(bytes), version FROM objects WHERE key = ?";
        query(connection, sql, row -> found.add(info(key, row)), full);
        return found.stream().findFirst();
    }

    @Override
    public ObjectInfo write(String key, byte[] bytes, WriteCondition condition) {
        String full = full(key);
        return database.write(connection -> {
            if (condition instanceof WriteCondition.IfVersion replacing) {
                long version = number(replacing.expected());
                if (update(connection, "DELETE FROM objects WHERE key = ? AND version = ?", full, version) == 0) {
                    throw changed("replace", key);
                }
            }
            String way = condition instanceof WriteCondition.IfAbsent ? "INSERT OR IGNORE" : "INSERT OR REPLACE";
            if (update(connection, way + " INTO objects (key, bytes) VALUES (?, ?)", full, bytes) == 0) {
                throw new AlreadyExistsException("cannot create " + key + " in " + location + ": it already exists");
            }
            return info(connection, key, full).orElseThrow();
        });
    }

    /** Returns the row number of a version, or a number without a row if it is not one of this store's versions. */
    private static long number(Version version) {
        try {
            return Long.parseLong(version.value());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void delete(String key) {
        deleteAll(List.of(key));
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        List<String> all = keys.stream().map(this::full).toList();
        database.delete(connection -> {
            int deleted = 0;
            for (String key : all) {
                deleted += update(connection, "DELETE FROM objects WHERE key = ?", key);
            }
            return deleted;
        });
    }

    @Override
    public void deletePrefix(String prefix) {
        Range range = rangeToChange(prefix);
        database.delete(connection -> deleted(connection, range));
    }

    private static int deleted(Connection connection, Range range) throws SQLException {
        return update(connection, "DELETE FROM objects WHERE key >= ? AND key < ?", range.from(), range.to());
    }

    @Override
    public void replacePrefix(String staged, String prefix, WriteCondition condition) {
        Range from = rangeToChange(staged);
        Range to = rangeToChange(prefix);
        if (staged.startsWith(prefix) || prefix.startsWith(staged)) {
            throw new InvalidNameException("cannot replace " + prefix + " by " + staged + ": one contains the other");
        }
        if (condition instanceof WriteCondition.IfVersion) {
            throw new UnsupportedFeatureException(
                    "cannot replace " + prefix + " by version: prefixes have no versions");
        }
        database.write(connection -> {
            int replaced = deleted(connection, to);
            if (replaced > 0 && condition instanceof WriteCondition.IfAbsent) {
                throw new AlreadyExistsException("cannot create " + prefix + " in " + location + ": it already exists");
            }
            String sql = "UPDATE objects SET key = ? || substr(key, length(?) + 1) WHERE key >= ? AND key < ?";
            if (update(connection, sql, to.from(), from.from(), from.from(), from.to()) == 0) {
                throw new NotFoundException(
                        "cannot move " + staged + " in " + location + ": there are no objects below it");
            }
            return replaced;
        });
    }

    @Override
    public ListPage list(String prefix, String after, int limit) {
        Range range = range(prefix);
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "cannot list a page of " + limit + " objects: the limit must be at least 1");
        }
        return database.read(new ListPage(List.of(), true), connection -> {
            List<ObjectInfo> objects = new ArrayList<>();
            String sql = "SELECT length(bytes), version, key FROM objects WHERE key >= ? AND key < ? AND key > ?"
                    + " ORDER BY key LIMIT ?";
            String start = after == null ? "" : folder + after;
            query(
                    connection,
                    sql,
                    row -> objects.add(info(own(row), row)),
                    range.from(),
                    range.to(),
                    start,
                    limit + 1L);
            boolean complete = objects.size() <= limit;
            return new ListPage(complete ? objects : objects.subList(0, limit), complete);
        });
    }

    @Override
    public FolderListing listFolder(String prefix) {
        Range range = range(prefix);
        return database.read(FolderListing.EMPTY, connection -> {
            List<ObjectInfo> objects = new ArrayList<>();
            List<String> prefixes = new ArrayList<>();
            String sql = "SELECT length(bytes), version, key FROM objects WHERE key >= ? AND key < ? ORDER BY key";
            for (String[] next = {range.from()}; next[0] != null; ) {
                String from = next[0];
                next[0] = null;
                query(
                        connection,
                        sql,
                        row -> {
                            String key = own(row);
                            int slash = key.indexOf('/', prefix.length());
                            if (slash < 0) {
                                return objects.add(info(key, row));
                            }
                            // skips everything below this prefix, which may be many chunks
                            prefixes.add(key.substring(0, slash + 1));
                            next[0] = folder + key.substring(0, slash) + Range.AFTER_SLASH;
                            return false;
                        },
                        from,
                        range.to());
            }
            return new FolderListing(objects, prefixes);
        });
    }

    /** The full keys below a prefix: at least {@code from} and less than {@code to}. */
    private record Range(String from, String to) {
        static final char AFTER_SLASH = '/' + 1;
        static final String GREATEST = new String(Character.toChars(Character.MAX_CODE_POINT));

        static Range below(String prefix) {
            return prefix.isEmpty()
                    ? new Range("", GREATEST)
                    : new Range(prefix, prefix.substring(0, prefix.length() - 1) + AFTER_SLASH);
        }
    }

    private Range range(String prefix) {
        database.checkUsable();
        return Range.below(folder + Keys.checkedPrefix(prefix));
    }

    private Range rangeToChange(String prefix) {
        database.checkUsable();
        Keys.checked(Keys.checkedPrefix(prefix).replaceFirst("/$", ""));
        return range(prefix);
    }

    private String full(String key) {
        database.checkUsable();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(Keys.checked(key))) {
            throw new InvalidNameException("\"" + key + "\" is not a valid key: UTF-8 cannot represent it");
        }
        return folder + key;
    }

    private String own(ResultSet row) throws SQLException {
        return row.getString("key").substring(folder.length());
    }

    private static ObjectInfo info(String key, ResultSet row) throws SQLException {
        return new ObjectInfo(key, row.getLong(1), new Version(Long.toString(row.getLong(2))));
    }

    private ConflictException changed(String operation, String key) {
        return new ConflictException("cannot " + operation + " " + key + " in " + location
                + ": it is not of the expected version any more; read it again");
    }

    @Override
    public void close() {
        database.close();
    }
}
