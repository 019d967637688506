/** Tomograms and picks of copick projects in ImageJ. */
// "requires-automatic": the name ij is in the library's manifest, so it stays when the jar is renamed.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.copick.imagej {
    requires transitive org.copick.api;
    requires transitive ij;
    requires transitive java.desktop;
    requires static transitive org.jspecify;

    exports org.copick.imagej;
}
