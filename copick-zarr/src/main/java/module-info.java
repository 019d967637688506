/** The Zarr engine: arrays, groups and images in any object store. */
// "module": the qualified exports name modules that are compiled later.
// "requires-automatic": the name org.lz4.java is in the library's manifest, so it stays when the jar is renamed.
@SuppressWarnings({"module", "requires-automatic"})
module org.copick.zarr {
    requires transitive org.copick.storage;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires com.github.luben.zstd_jni;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;
    requires org.lz4.java;
    requires org.slf4j;

    // needed by lz4-java and aircompressor, whose automatic modules cannot require modules
    requires jdk.unsupported;

    exports org.copick.cache;
    exports org.copick.zarr;
    exports org.copick.internal.json to
            org.copick.api,
            org.copick.cli,
            org.copick.portal;
    exports org.copick.internal.threads to
            org.copick.api,
            org.copick.portal;
}
