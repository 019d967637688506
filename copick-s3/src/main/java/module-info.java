/** Amazon S3 and compatible object stores as a store. */
// "module": the digit belongs to the service's name.
// "requires-automatic": these names are in the manifests of the libraries, so they stay when a jar is renamed.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module org.copick.s3 {
    requires transitive org.copick.storage;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires static transitive org.jspecify;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.profiles;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
    requires transitive software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;

    // needed by Amazon's client, whose automatic modules cannot require modules
    requires java.security.jgss;
    requires java.xml;
    requires jdk.net;

    exports org.copick.s3;

    provides org.copick.storage.StorageProvider with
            org.copick.s3.S3StorageProvider;
}
