/** Files of other programs: MRC volumes, RELION STAR and CSV tables. */
module org.copick.exchange {
    requires transitive org.copick.api;
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports org.copick.exchange;
}
