package org.example.sqlite;

import java.nio.file.Path;
import org.copick.tests.FaultContract;
import org.copick.tests.StoreUnderTest;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultsTest extends FaultContract {
    @TempDir
    Path folder;

    @Override
    protected StoreUnderTest newStore() {
        return new SqliteUnderTest(folder);
    }
}
