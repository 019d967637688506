package org.copick.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Measures readers that share one cache: their throughput of boxes, and the time of a cached plane among them. */
final class ReadersCurve {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;
    private static final int REPEATS = 5;
    private static final int MOST = 64;
    private static final int BOX = 64;
    /** Boxes that all readers together read. */
    private static final int BOXES = 1_920;
    /** Boxes that a reader reads for each plane, in the measurement of planes. */
    private static final int BOXES_PER_PLANE = 5;

    private static final double MEDIAN = 0.5;
    private static final double RARE = 0.99;

    private final ZarrArray array;
    private final int size;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    ReadersCurve(ZarrArray array, int size) {
        this.array = array;
        this.size = size;
    }

    /** Receives the figures. */
    interface Printer {
        void print(long size, String figure, double value, String unit);
    }

    void measure(Printer out) throws Exception {
        for (int readers = 1; readers <= MOST; readers *= 2) {
            ExecutorService pool = Executors.newFixedThreadPool(readers);
            try {
                double[] throughput = new double[REPEATS];
                for (int i = 0; i < REPEATS; i++) {
                    throughput[i] = throughput(pool, readers);
                }
                out.print(
                        readers,
                        "boxes of 64³ from one cache",
                        Arrays.stream(throughput).max().orElseThrow(),
                        "1/s");
                Planes planes = planes(pool, readers);
                out.print(readers, "cached plane among boxes, median", quantile(planes.wall, MEDIAN), "ms");
                out.print(readers, "cached plane among boxes, p99", quantile(planes.wall, RARE), "ms");
                out.print(readers, "its thread's CPU time, p99", quantile(planes.cpu, RARE), "ms");
            } finally {
                pool.shutdown();
            }
        }
        out.print(MOST, "boxes relative to two readers", relativeToTwo(), "×");
    }

    /** Returns the boxes per second that all readers together read. */
    private double throughput(ExecutorService pool, int readers) throws Exception {
        long start = System.nanoTime();
        all(pool, readers, random -> boxes(random, BOXES / readers));
        return BOXES / readers * readers * NANOS / (System.nanoTime() - start);
    }

    /** Returns the median ratio of passes that take turns, so that other load on the machine slows both. */
    private double relativeToTwo() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(MOST);
        try {
            double[] ratios = new double[REPEATS];
            for (int i = 0; i < REPEATS; i++) {
                double two = throughput(pool, 2);
                ratios[i] = throughput(pool, MOST) / two;
            }
            Arrays.sort(ratios);
            return ratios[REPEATS / 2];
        } finally {
            pool.shutdown();
        }
    }

    /**
     * Nanoseconds of reads of planes.
     *
     * @param wall the time that callers waited, with that in which other threads had the cores
     * @param cpu the time that the reading threads ran
     */
    @SuppressWarnings("ArrayRecordComponent") // a pair, never compared
    private record Planes(long[] wall, long[] cpu) {}

    /**
     * Each reader reads a plane after some boxes. A separate thread would sleep between its planes, and schedulers
     * prefer threads that slept.
     */
    private Planes planes(ExecutorService pool, int readers) throws Exception {
        List<long[]> times = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            for (List<long[]> each : all(pool, readers, random -> planes(random, BOXES / readers))) {
                times.addAll(each);
            }
        }
        return new Planes(
                times.stream().mapToLong(each -> each[0]).toArray(),
                times.stream().mapToLong(each -> each[1]).toArray());
    }

    private interface Work<R> {
        R with(Random random);
    }

    private static <R> List<R> all(ExecutorService pool, int readers, Work<R> work) throws Exception {
        List<Future<R>> running = new ArrayList<>();
        for (int reader = 0; reader < readers; reader++) {
            Random random = new Random(reader);
            running.add(pool.submit(() -> work.with(random)));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> each : running) {
            results.add(each.get());
        }
        return results;
    }

    private List<long[]> planes(Random random, int count) {
        List<long[]> times = new ArrayList<>();
        for (int read = 0; read < count; read += BOXES_PER_PLANE) {
            boxes(random, BOXES_PER_PLANE);
            Region plane = Region.plane(array.shape(), 0, random.nextInt(size));
            long cpu = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            float[] elements = array.readFloats(plane);
            long wall = System.nanoTime() - start;
            cpu = threads.getCurrentThreadCpuTime() - cpu;
            if (elements.length != size * size) {
                throw new IllegalStateException("a plane of " + elements.length);
            }
            times.add(new long[] {wall, cpu});
        }
        return times;
    }

    private int boxes(Random random, int count) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            long[] start = {random.nextInt(size - BOX), random.nextInt(size - BOX), random.nextInt(size - BOX)};
            read += array.readFloats(Region.of(start, new long[] {BOX, BOX, BOX})).length;
        }
        return read;
    }

    private static double quantile(long[] nanos, double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / MILLIS;
    }
}
