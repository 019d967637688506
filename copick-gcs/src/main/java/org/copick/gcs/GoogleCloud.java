package org.copick.gcs;

/**
 * Lets the module of this package use google-cloud-storage.
 *
 * <p>The manifests of its jars have no module names, so the Java runtime derives them from the names of the jars. A
 * published module must not require such a name, which another version or a renamed jar changes.
 */
final class GoogleCloud {
    private static final String[] CLASSES = {
        "com.google.api.gax.rpc.HeaderProvider",
        "com.google.cloud.ServiceOptions",
        "com.google.cloud.http.HttpTransportOptions",
        "com.google.cloud.storage.Storage"
    };

    private GoogleCloud() {}

    /** Makes the library's classes accessible; called before the first of them is used. */
    static void access() {
        Module ours = GoogleCloud.class.getModule();
        if (ours.isNamed()) {
            try {
                for (String type : CLASSES) {
                    ours.addReads(Class.forName(type).getModule());
                }
            } catch (ClassNotFoundException e) {
                throw new NoClassDefFoundError(
                        "google-cloud-storage is missing: add com.google.cloud:google-cloud-storage,"
                                + " with what it depends on, to the module path or the class path");
            }
        }
    }
}
