package org.copick.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.picks.PicksDocument;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/**
 * Measures how cost grows with the size of the input.
 *
 * <p>Prints a line for each size and figure. {@code copick-bench/growth} runs this program and draws the curves.
 */
final class Growth {
    private static final double NANOS = 1e9;
    private static final int REPEATS = 5;
    private static final int PLANES = 20;

    private final Path scratch;
    private final String curve;

    private Growth(String curve, Path scratch) {
        this.curve = curve;
        this.scratch = scratch;
    }

    /**
     * Measures one curve: {@code runs}, {@code points}, {@code volume}, {@code threads} or {@code readers}.
     *
     * <p>Arguments: the curve and a folder.
     */
    public static void main(String[] arguments) throws Exception {
        Growth growth = new Growth(arguments[0], Path.of(arguments[1]));
        switch (arguments[0]) {
            case "runs" -> growth.runs();
            case "points" -> growth.points();
            case "volume" -> growth.volumes();
            case "threads" -> growth.threads();
            case "readers" -> growth.readers();
            default -> throw new IllegalArgumentException("no curve " + arguments[0]);
        }
    }

    private void print(long size, String figure, double value, String unit) {
        ObjectNode line = Spec.MAPPER.createObjectNode();
        line.put("curve", curve).put("size", size).put("figure", figure);
        line.put("value", value).put("unit", unit);
        System.out.println("@" + line);
    }

    /** Returns the shortest of several repeats, in seconds. */
    private static double seconds(Callable<?> work) throws Exception {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            work.call();
            best = Math.min(best, (System.nanoTime() - start) / NANOS);
        }
        return best;
    }

    private void runs() throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("ExperimentRuns"));
        Path config = Files.writeString(
                scratch.resolve("copick.json"),
                "{\"config_type\": \"filesystem\", \"name\": \"growth\", \"pickable_objects\": [{\"name\": \"ribosome\","
                        + " \"is_particle\": true, \"label\": 1}], \"overlay_root\": \"local://" + scratch + "\"}");
        int made = 0;
        for (int size : new int[] {100, 1_000, 10_000, 100_000}) {
            for (; made < size; made++) {
                Path picks = Files.createDirectories(
                        folder.resolve(String.format("TS_%06d", made)).resolve("Picks"));
                Files.writeString(picks.resolve("tool_0_ribosome.json"), "{}");
            }
            LongAdder requests = new LongAdder();
            double before = used();
            print(size, "list all runs and picks", seconds(() -> listed(config, size, requests, () -> {})), "s");
            print(size, "store calls", (double) requests.sum(), "calls");
            double[] held = new double[1];
            listed(config, size, requests, () -> held[0] = used() - before);
            print(size, "heap held", held[0], "MiB");
        }
    }

    private static int listed(Path config, int size, LongAdder requests, Runnable whileOpen) {
        requests.reset();
        try (CopickContext context = CopickContext.builder()
                        .listener(done -> requests.increment())
                        .build();
                Root root = context.open(config.toString())) {
            int found = 0;
            for (Run run : root.runs()) {
                found += run.picks().size();
            }
            if (found != size) {
                throw new IllegalStateException(found + " of " + size);
            }
            whileOpen.run();
            return found;
        }
    }

    private static double used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
    }

    private void points() throws Exception {
        for (int size = 100; size <= 1_000_000; size *= 10) {
            double[] positions = new double[3 * size];
            Random random = new Random(size);
            for (int i = 0; i < positions.length; i++) {
                positions[i] = Math.round(random.nextDouble() * 5e6) / 1e3;
            }
            PicksDocument document =
                    PicksDocument.empty("ribosome", "tool", "0", "run").withPoints(positions);
            byte[] json = document.toJson();
            print(size, "parse picks", seconds(() -> PicksDocument.parse(json, "memory")), "s");
            print(size, "write picks", seconds(document::toJson), "s");
        }
    }

    private static ZarrArray volume(CopickContext context, Path folder, int size) {
        ObjectStore store = context.store(folder.toString());
        long[] shape = {size, size, size};
        String path = "v" + size;
        if (context.zarr().open(store, path + "/0").isEmpty()) {
            context.zarr()
                    .write(
                            new StorePlace(store, path + "/"),
                            WriteCondition.ANY,
                            ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 1),
                            ImageFormat.VERSION_2,
                            new Noise());
        }
        return (ZarrArray) context.zarr().open(store, path + "/0").orElseThrow();
    }

    private void volumes() throws Exception {
        for (int size : new int[] {128, 256, 512, 1024}) {
            long voxels = (long) size * size * size;
            try (CopickContext context = CopickContext.builder().build()) {
                long start = System.nanoTime();
                volume(context, scratch, size);
                print(voxels, "write", (System.nanoTime() - start) / NANOS, "s");
            }
            double plane = seconds(() -> {
                try (CopickContext context = CopickContext.builder().build()) {
                    ZarrArray array = volume(context, scratch, size);
                    return array.readFloats(Region.plane(array.shape(), 0, size / 2)).length;
                }
            });
            print(voxels, "open and read a plane", plane, "s");
            double scroll = seconds(() -> {
                try (CopickContext context = CopickContext.builder().build()) {
                    ZarrArray array = volume(context, scratch, size);
                    int read = 0;
                    for (int z = 0; z < PLANES; z++) {
                        read += array.readFloats(Region.plane(array.shape(), 0, size / 4 + z)).length;
                    }
                    return read;
                }
            });
            print(voxels, PLANES + " planes in turn", scroll, "s");
        }
    }

    private void threads() throws Exception {
        int size = 512;
        float[] into = new float[size * size * size];
        for (int threads : new int[] {1, 2, 4, 8}) {
            ExecutorService fetching = Executors.newFixedThreadPool(threads);
            ExecutorService decoding = Executors.newFixedThreadPool(threads);
            try (CopickContext context = CopickContext.builder()
                    .executors(fetching, decoding)
                    .cacheBytes(0)
                    .build()) {
                ZarrArray array = volume(context, scratch, size);
                double seconds = seconds(() -> {
                    array.read(Region.all(array.shape()), into);
                    return into;
                });
                print(threads, "read 512³", seconds, "s");
            } finally {
                fetching.shutdown();
                decoding.shutdown();
            }
        }
    }

    private void readers() throws Exception {
        int size = 256;
        try (CopickContext context =
                CopickContext.builder().cacheBytes(512L << 20).build()) {
            new ReadersCurve(volume(context, scratch, size), size).measure(this::print);
        }
    }
}
