/** Volumes of copick projects as images of ImgLib2. */
// "module": the digit is part of the library's name.
// "requires-…": the name net.imglib2 is in the library's manifest, so it stays when the jar is renamed.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module org.copick.imglib2 {
    requires transitive net.imglib2;
    requires transitive org.copick.api;
    requires com.github.benmanes.caffeine;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports org.copick.imglib2;
}
