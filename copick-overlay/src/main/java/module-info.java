/** Projects with read-only layers below a writable one. */
module org.copick.overlay {
    requires transitive org.copick.api;
    requires static transitive org.jspecify;

    exports org.copick.overlay;

    provides org.copick.spi.BackendProvider with
            org.copick.overlay.OverlayBackendProvider;
}
