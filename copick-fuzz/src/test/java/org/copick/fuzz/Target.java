package org.copick.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A reader to fuzz.
 *
 * @param label the name of its corpus
 * @param type the class that Jazzer starts
 * @param entry the method that Jazzer calls
 */
record Target(String label, Class<?> type, Consumer<byte[]> entry) {
    static final List<Target> ALL = List.of(
            new Target("codecs", CodecsTarget.class, CodecsTarget::fuzzerTestOneInput),
            new Target("shards", ShardsTarget.class, ShardsTarget::fuzzerTestOneInput),
            new Target("metadata", MetadataTarget.class, MetadataTarget::fuzzerTestOneInput),
            new Target("picks", PicksTarget.class, PicksTarget::fuzzerTestOneInput),
            new Target("filaments", FilamentsTarget.class, FilamentsTarget::fuzzerTestOneInput),
            new Target("config", ConfigTarget.class, ConfigTarget::fuzzerTestOneInput),
            new Target("index", IndexTarget.class, IndexTarget::fuzzerTestOneInput),
            new Target("glb", GlbTarget.class, GlbTarget::fuzzerTestOneInput),
            new Target("mrc", MrcTarget.class, MrcTarget::fuzzerTestOneInput),
            new Target("star", StarTarget.class, StarTarget::fuzzerTestOneInput),
            new Target("csv", CsvTarget.class, CsvTarget::fuzzerTestOneInput),
            new Target("uri", UriTarget.class, UriTarget::fuzzerTestOneInput));

    void run(byte[] input) {
        entry.accept(input);
    }

    /** Returns the folder of valid inputs and of inputs with former findings. */
    Path corpus() {
        return module().resolve("src/test/resources/corpus").resolve(label).toAbsolutePath();
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
