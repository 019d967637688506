/** The conformance kit: contract suites for stores and backends, the in-memory store, and stores that fail on purpose. */
module org.copick.tests {
    requires transitive org.copick.api;
    requires com.fasterxml.jackson.databind;
    requires jdk.management;
    requires static transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires org.junit.platform.commons;
    requires org.opentest4j;

    exports org.copick.tests;
    exports org.copick.tests.hostile;
    exports org.copick.tests.network;

    provides org.copick.storage.StorageProvider with
            org.copick.tests.MemoryStorageProvider,
            org.copick.tests.SuppliedStorageProvider;
}
