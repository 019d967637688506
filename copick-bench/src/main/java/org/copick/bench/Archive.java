package org.copick.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VoxelSpacing;
import org.copick.entity.Layer;
import org.copick.storage.ListPage;
import org.copick.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Measures the listing of large projects in an object store.
 *
 * <p>Reads names of measurements, one per line. Prints a line for each before it reads the next one, so that the caller can
 * ask {@link ArchiveServer} for the requests. Each measurement opens the project in a new context. {@code
 * copick-bench/archive} runs this program.
 */
final class Archive {
    private static final double NANOS = 1e9;
    private static final String RUNS = "ExperimentRuns/";
    private static final int PAGE = 1000;
    /** The serial collector leaves gaps between live objects, which count as used, in three of four collections. */
    private static final int COLLECTIONS = 4;

    private final String config;
    private final String run;

    private Archive(String config, String run) {
        this.config = config;
        this.run = run;
    }

    private interface Measurement {
        /** Returns the number of things that were found. */
        int in(Root root);
    }

    /**
     * Measures until the standard input ends.
     *
     * <p>Arguments: the configuration and the name of the run to look up.
     */
    public static void main(String[] arguments) throws IOException {
        Archive archive = new Archive(arguments[0], arguments[1]);
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = asked.readLine(); name != null; name = asked.readLine()) {
            archive.measure(name, archive.named(name));
        }
    }

    private Measurement named(String name) {
        return switch (name) {
            case "names" -> root -> root.runs().size();
            case "first" -> root -> listed(root.runs().get(0));
            case "find" -> root -> root.run(run).picks().size();
            case "everything" ->
                root -> root.runs().stream().mapToInt(Archive::listed).sum();
            case "pages" -> Archive::pages;
            default -> throw new IllegalArgumentException("no measurement " + name);
        };
    }

    private void measure(String name, Measurement measurement) {
        long before = used();
        double busy = processorSeconds();
        long start = System.nanoTime();
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.open(config)) {
            int found = measurement.in(root);
            double seconds = (System.nanoTime() - start) / NANOS;
            double worked = processorSeconds() - busy;
            ObjectNode line = Spec.MAPPER.createObjectNode();
            line.put("name", name).put("seconds", seconds).put("cpu_seconds", worked);
            line.put("found", found).put("held", used() - before);
            System.out.println("@" + line);
        }
    }

    /** Returns the number of entities in a run, with the run itself. */
    private static int listed(Run run) {
        int found = 1
                + run.picks().size()
                + run.meshes().size()
                + run.segmentations().size();
        for (VoxelSpacing spacing : run.voxelSpacings()) {
            found++;
            for (Tomogram tomogram : spacing.tomograms()) {
                found += 1 + tomogram.features().size();
            }
        }
        return found;
    }

    /** Returns the number of keys, listed by one request after another and kept nowhere. */
    private static int pages(Root root) {
        Layer layer = root.layers().get(root.layers().size() - 1);
        ObjectStore store = root.store(layer).orElseThrow();
        int found = 0;
        @Nullable String after = null;
        while (true) {
            ListPage page = store.list(RUNS, after, PAGE);
            found += page.objects().size();
            if (page.complete()) {
                return found;
            }
            after = page.objects().get(page.objects().size() - 1).key();
        }
    }

    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
