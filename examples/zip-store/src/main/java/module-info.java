/** A store in a ZIP file. Providers need no exported package. */
module org.example.zip {
    requires org.copick.storage;

    provides org.copick.storage.StorageProvider with
            org.example.zip.ZipStorageProvider;
}
