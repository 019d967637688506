/** Google Cloud Storage as a store. */
// these names are in the manifests of the libraries, so they stay when a jar is renamed
@SuppressWarnings("requires-automatic")
module org.copick.gcs {
    requires transitive org.copick.storage;
    requires com.google.api.client;
    requires com.google.api.client.http.apache.v5;
    requires com.google.api.client.json.gson;
    requires com.google.api.services.storage;
    requires com.google.auth;
    requires com.google.auth.oauth2;
    requires google.api.client;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires static transitive org.jspecify;

    // needed by Google's client, whose automatic modules cannot require modules
    requires com.google.common;
    requires com.google.gson;
    requires java.logging;
    requires java.security.jgss;
    requires jdk.net;

    exports org.copick.gcs;

    provides org.copick.storage.StorageProvider with
            org.copick.gcs.GcsStorageProvider;
}
