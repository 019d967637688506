/** Datasets of the CryoET Data Portal as a read-only layer of copick projects. */
module org.copick.portal {
    requires transitive org.copick.api;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;
    requires org.copick.overlay;
    requires java.net.http;
    requires org.slf4j;

    exports org.copick.portal;

    provides org.copick.spi.BackendProvider with
            org.copick.portal.PortalBackendProvider;
}
