/** Object stores: {@link org.copick.storage.ObjectStore}, its providers, the disk cache and every exception. */
@SuppressWarnings("module") // the qualified exports name modules that are compiled later
module org.copick.storage {
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports org.copick.error;
    exports org.copick.internal.names to
            org.copick.cli;
    exports org.copick.internal.services to
            org.copick.api;
    exports org.copick.storage;
    exports org.copick.storage.disk;
    exports org.copick.storage.remote;

    uses org.copick.storage.StorageProvider;
}
