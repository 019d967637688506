/** The copick model: projects, runs, volumes, picks and meshes, and the interfaces of catalogues of another kind. */
@SuppressWarnings("module") // the qualified export names a module that is compiled later
module org.copick.api {
    requires transitive org.copick.storage;
    requires transitive org.copick.zarr;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    // needed by JglTF, whose automatic modules cannot require modules
    requires java.logging;

    exports org.copick;
    exports org.copick.config;
    exports org.copick.entity;
    exports org.copick.layout;
    exports org.copick.mesh;
    exports org.copick.picks;
    exports org.copick.picks.internal to
            org.copick.cli;
    exports org.copick.spi;

    uses org.copick.spi.BackendProvider;

    provides org.copick.spi.BackendProvider with
            org.copick.layout.LayoutBackendProvider;
}
