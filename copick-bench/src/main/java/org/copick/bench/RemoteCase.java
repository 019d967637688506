package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.picks.Point;
import org.copick.zarr.Region;
import org.jspecify.annotations.Nullable;

/**
 * One case over S3, as the driver of the Python peers runs its own: reads what to do from standard input and prints a line for
 * each repeat, with the requests and bytes that the proxy between saw.
 */
final class RemoteCase {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BUCKET = "bench";
    private static final String KEY = "benchaccess";
    private static final String SECRET = "benchsecret";
    private static final double NANOS = 1e9;

    private final JsonNode spec;
    private final JsonNode info;

    private RemoteCase(JsonNode spec) {
        this.spec = spec;
        this.info = spec.path("info");
    }

    /** Reads the case from standard input. */
    public static void main(String[] arguments) throws IOException {
        new RemoteCase(MAPPER.readTree(System.in)).run();
    }

    private void run() {
        String name = spec.path("case").asText();
        switch (name) {
            case "s3.slice.z.cold" -> plane("z");
            case "s3.slice.x.cold" -> plane("x");
            case "s3.full.l0.cold" ->
                timed(this::open, root -> (Object) tomogram(root, 0).readFloats(), this::crc);
            case "s3.full.l2.cold" ->
                timed(this::open, root -> (Object) tomogram(root, 2).readFloats(), this::crc);
            case "s3.seg.full.cold" -> timed(this::open, root -> (Object) labels(segmentation(root)), this::crc);
            case "s3.scroll.z10" -> timed(this::open, this::scrolled, this::crc);
            case "s3.runs.cold" -> timed(this::open, root -> root.runs().size() + " runs", text -> text);
            case "s3.list.picks.cold" -> timed(this::open, root -> listed(root, false), text -> text);
            case "s3.list.all.cold" -> timed(this::open, root -> listed(root, true), text -> text);
            case "s3.picks.load100files" -> timed(this::hundredPicks, RemoteCase::pointsOf, count -> count + " points");
            case "s3.picks.store1" -> timed(this::loadedPicks, RemoteCase::stored, done -> null);
            case "s3.picks.new1.cold" -> timed(this::open, RemoteCase::created, done -> null);
            default -> throw new IllegalArgumentException("no case " + name + " here");
        }
    }

    /** Opening is a part of what is timed where the case says so; then {@code before} costs next to nothing. */
    private <A, R> void timed(Before<A> before, Function<A, R> work, Function<R, @Nullable String> check) {
        boolean opensInTime =
                spec.path("fresh").asBoolean() || spec.path("case").asText().startsWith("s3.scroll");
        for (int i = 0; i < spec.path("repeats").asInt(1); i++) {
            try (CopickContext context = CopickContext.builder().build()) {
                A ready = opensInTime ? null : before.with(context);
                proxy("reset");
                long cpu = cpuNanos();
                long start = System.nanoTime();
                R result = work.apply(ready == null ? before.with(context) : ready);
                double seconds = (System.nanoTime() - start) / NANOS;
                print(i, seconds, (cpuNanos() - cpu) / NANOS, check.apply(result));
            }
        }
    }

    /** What is done before the clock starts. */
    private interface Before<A> {
        A with(CopickContext context);
    }

    private void print(int repeat, double seconds, double cpu, @Nullable String check) {
        JsonNode seen = proxy("stats");
        ObjectNode line = MAPPER.createObjectNode();
        line.put("repeat", repeat).put("seconds", seconds).put("cpu_seconds", cpu);
        line.put(
                "bytes_moved",
                seen.path("bytes_up").asLong() + seen.path("bytes_down").asLong());
        line.set("requests", seen.path("requests"));
        line.set("connections", seen.path("connections"));
        line.set("methods", seen.path("methods"));
        if (check != null) {
            line.put("check", check);
        }
        line.put("peak_rss_mib", peakMebibytes());
        System.out.println("@" + line);
    }

    private Root open(CopickContext context) {
        try {
            Path file = Path.of(spec.path("data").asText(), info.path("config").asText());
            ObjectNode config = (ObjectNode) MAPPER.readTree(Files.readString(file));
            config.put(
                    "overlay_root",
                    "s3://" + BUCKET + "/" + spec.path("dataset").asText());
            config.putObject("overlay_fs_args")
                    .put("key", KEY)
                    .put("secret", SECRET)
                    .put(
                            "endpoint_url",
                            "http://127.0.0.1:"
                                    + spec.path("remote").path("port").asInt());
            return context.open(ProjectConfig.parse(config.toString(), file.toString()), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Level tomogram(Root root, int level) {
        return root.run(info.path("run").asText())
                .voxelSpacing(info.path("voxel_size").asDouble())
                .tomogram(info.path("tomo_type").asText())
                .volume()
                .level(level);
    }

    private Level segmentation(Root root) {
        List<Segmentation> found = root.run(info.path("run").asText()).segmentations();
        return found.get(0).volume().level(0);
    }

    private static byte[] labels(Level level) {
        long[] shape = level.shape();
        byte[] labels = new byte[(int) (shape[0] * shape[1] * shape[2])];
        level.array().read(Region.all(shape), labels);
        return labels;
    }

    private void plane(String axis) {
        int index = info.path("cases").path(axis + "_slice").asInt();
        timed(this::open, root -> (Object) tomogram(root, 0).plane(axis, index), this::crc);
    }

    private Object scrolled(Root root) {
        Level level = tomogram(root, 0);
        int first = info.path("cases").path("scroll").path("first").asInt();
        List<float[]> planes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            planes.add(level.plane("z", first + i));
        }
        return planes;
    }

    private static String listed(Root root, boolean everything) {
        int runs = 0;
        int picks = 0;
        int tomograms = 0;
        for (Run run : root.runs()) {
            runs++;
            picks += run.picks().size();
            if (everything) {
                for (VoxelSpacing spacing : run.voxelSpacings()) {
                    tomograms += spacing.tomograms().size();
                }
            }
        }
        return runs + " runs, " + picks + " picks" + (everything ? ", " + tomograms + " tomograms" : "");
    }

    private List<Picks> hundredPicks(CopickContext context) {
        List<Picks> found = new ArrayList<>();
        for (Run run : open(context).runs().subList(0, 100)) {
            found.add(ribosomes(run));
        }
        return found;
    }

    private static Picks ribosomes(Run run) {
        return run.picks().stream()
                .filter(picks -> picks.objectName().equals("ribosome"))
                .findFirst()
                .orElseThrow();
    }

    /** Side by side, as a program reads many small files from afar. */
    private static Integer pointsOf(List<Picks> picks) {
        return picks.parallelStream().mapToInt(each -> each.points().size()).sum();
    }

    private Picks loadedPicks(CopickContext context) {
        Picks picks = ribosomes(open(context).run("TS_0000"));
        picks.points();
        return picks;
    }

    private static Boolean stored(Picks picks) {
        picks.store(picks.points());
        return true;
    }

    private static Boolean created(Root root) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            points.add(Point.at(3 * i, 3 * i + 1, 3 * i + 2));
        }
        root.run("TS_0001")
                .newPicks("ribosome", Long.toString(System.nanoTime()), "w")
                .store(points);
        return true;
    }

    private String crc(Object result) {
        CRC32 crc = new CRC32();
        for (Object part : result instanceof List<?> parts ? parts : List.of(result)) {
            if (part instanceof byte[] bytes) {
                crc.update(bytes);
            } else {
                float[] values = (float[]) part;
                ByteBuffer bytes = ByteBuffer.allocate(4 << 16).order(ByteOrder.LITTLE_ENDIAN);
                for (int from = 0; from < values.length; from += 1 << 16) {
                    float[] some = Arrays.copyOfRange(values, from, Math.min(values.length, from + (1 << 16)));
                    bytes.clear();
                    bytes.asFloatBuffer().put(some);
                    bytes.limit(4 * some.length);
                    crc.update(bytes);
                }
            }
        }
        return "crc32:" + crc.getValue();
    }

    private JsonNode proxy(String what) {
        int control = spec.path("remote").path("control").asInt();
        try (InputStream in =
                URI.create("http://127.0.0.1:" + control + "/" + what).toURL().openStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.startsWith("{") ? MAPPER.readTree(text) : MAPPER.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static long peakMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0; // no such file on this system
        }
    }
}
