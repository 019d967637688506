package org.example.sqlite;

import java.nio.file.Path;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.tests.StoreUnderTest;

/** A database that does not exist yet. */
final class SqliteUnderTest implements StoreUnderTest {
    private final Path file;

    SqliteUnderTest(Path folder) {
        this.file = folder.resolve("objects.db");
    }

    @Override
    public ObjectStore open() {
        return new SqliteStore(file, "");
    }

    @Override
    public Optional<String> url() {
        return Optional.of("sqlite://" + file + "!");
    }
}
