package org.copick.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The readers that are fuzzed. */
enum Target {
    CODECS(CodecsTarget.class, CodecsTarget::fuzzerTestOneInput),
    SHARDS(ShardsTarget.class, ShardsTarget::fuzzerTestOneInput),
    METADATA(MetadataTarget.class, MetadataTarget::fuzzerTestOneInput),
    PICKS(PicksTarget.class, PicksTarget::fuzzerTestOneInput),
    FILAMENTS(FilamentsTarget.class, FilamentsTarget::fuzzerTestOneInput),
    CONFIG(ConfigTarget.class, ConfigTarget::fuzzerTestOneInput),
    GLB(GlbTarget.class, GlbTarget::fuzzerTestOneInput),
    MRC(MrcTarget.class, MrcTarget::fuzzerTestOneInput),
    STAR(StarTarget.class, StarTarget::fuzzerTestOneInput),
    CSV(CsvTarget.class, CsvTarget::fuzzerTestOneInput),
    URI(UriTarget.class, UriTarget::fuzzerTestOneInput);

    private final Class<?> type;
    private final Consumer<byte[]> entry;

    Target(Class<?> type, Consumer<byte[]> entry) {
        this.type = type;
        this.entry = entry;
    }

    Class<?> type() {
        return type;
    }

    void run(byte[] input) {
        entry.accept(input);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The folder of valid inputs and of those that once broke something. */
    Path corpus() {
        return module().resolve("src/test/resources/corpus").resolve(label()).toAbsolutePath();
    }

    List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(corpus())) {
            return files.sorted().toList();
        }
    }

    static Path module() {
        return Path.of(System.getProperty("basedir", "."));
    }
}
