package org.example.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.copick.error.ClosedException;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.StorageException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Transactions on one SQLite file.
 *
 * <p>The write-ahead log lets readers continue during a write. It needs a file system with shared memory, which network
 * drives lack.
 */
final class Database {
    private static final long GREATEST_WAIT = TimeUnit.SECONDS.toNanos(30);

    private final Path file;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    Database(Path file) {
        this.file = file;
    }

    /** The work of one transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Reads one state of the database. Returns {@code empty} if there is no file or table; neither is created. */
    <T> T read(T empty, Work<T> work) {
        checkUsable();
        return isMissing()
                ? empty
                : transaction(connection -> hasObjects(connection) ? work.in(connection) : empty, "BEGIN");
    }

    /** Performs changes: all take effect or, if the work throws, none. */
    <T> T write(Work<T> work) {
        checkUsable();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new StorageException("cannot make the folder of the database " + file + ": " + e.getMessage(), e);
        }
        Work<T> withTable = connection -> {
            execute(connection, """
                    CREATE TABLE IF NOT EXISTS objects (
                        version INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL)
                    """);
            return work.in(connection);
        };
        return transaction(withTable, "PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE");
    }

    /** Deletes rows if the database exists; does not create the file. */
    void delete(Work<Integer> work) {
        checkUsable();
        if (!isMissing()) {
            write(work);
        }
    }

    /**
     * Returns whether the file is missing. A file in a forbidden folder, or below another file, does not count as
     * missing.
     */
    private boolean isMissing() {
        Path place = file;
        while (place != null && Files.notExists(place)) {
            place = place.getParent();
        }
        return !file.equals(place) && (place == null || Files.isDirectory(place));
    }

    private static boolean hasObjects(Connection connection) throws SQLException {
        List<Boolean> found = new ArrayList<>();
        String sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'objects'";
        query(connection, sql, row -> found.add(true));
        return !found.isEmpty();
    }

    private <T> T transaction(Work<T> work, String... begin) {
        long end = System.nanoTime() + GREATEST_WAIT;
        while (true) {
            Connection connection = null;
            boolean usable = false;
            try {
                connection = borrow();
                for (String statement : begin) {
                    execute(connection, statement);
                }
                try {
                    T result = work.in(connection);
                    execute(connection, "COMMIT");
                    usable = true;
                    return result;
                } catch (CopickException e) {
                    execute(connection, "ROLLBACK");
                    usable = true;
                    throw e;
                }
            } catch (SQLException e) {
                if (!isBusy(e) || System.nanoTime() > end) {
                    throw failed(e);
                }
            } finally {
                giveBack(connection, usable);
            }
            checkUsable(); // another writer is active; wait and retry unless interrupted
        }
    }

    private static boolean isBusy(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private CopickException failed(SQLException e) {
        String message = "cannot use the database " + file + ": " + e.getMessage();
        int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : 0;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code
                ? new CorruptDataException(message, e)
                : new StorageException(message, isBusy(e), e);
    }

    private Connection borrow() throws SQLException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(50);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private void giveBack(Connection connection, boolean usable) {
        if (connection != null) {
            boolean keep;
            synchronized (idle) {
                keep = usable && !closed;
                if (keep) {
                    idle.push(connection);
                }
            }
            if (!keep) {
                close(connection);
            }
        }
    }

    private void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Throws if the store is closed or the thread is interrupted. */
    void checkUsable() {
        synchronized (idle) {
            if (closed) {
                throw new ClosedException("cannot use the database " + file + ": the store is closed");
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException("cannot use the database " + file + ": interrupted");
        }
    }

    void close() {
        synchronized (idle) {
            closed = true;
            while (!idle.isEmpty()) {
                close(idle.pop());
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Executes a change with these parameters and returns the number of changed rows. */
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** A callback for each row. */
    interface Row {
        /** Processes a row and returns whether to continue. */
        boolean next(ResultSet row) throws SQLException;
    }

    /** Passes rows to the callback until it returns false. */
    static void query(Connection connection, String sql, Row each, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next() && each.next(rows)) {
                // the callback decides whether to continue
            }
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
