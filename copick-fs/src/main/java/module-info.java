/** The local disk as a store. */
module org.copick.fs {
    requires transitive org.copick.storage;
    requires static transitive org.jspecify;

    exports org.copick.fs;

    provides org.copick.storage.StorageProvider with
            org.copick.fs.LocalStorageProvider;
}
