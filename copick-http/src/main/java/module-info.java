/** Folders of web servers as read-only stores. */
module org.copick.http {
    requires static com.google.errorprone.annotations;
    requires transitive org.copick.storage;
    requires static transitive org.jspecify;
    requires java.net.http;

    exports org.copick.http;

    provides org.copick.storage.StorageProvider with
            org.copick.http.HttpStorageProvider;
}
