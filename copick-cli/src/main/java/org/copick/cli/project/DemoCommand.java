package org.copick.cli.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.cli.output.CommandFailure;
import org.copick.cli.output.DiskFailure;
import org.copick.cli.output.ExitStatus;
import org.copick.cli.output.Printable;
import org.copick.cli.render.ObjectColors;
import org.copick.cli.render.Picture;
import org.copick.cli.render.Plane;
import org.copick.cli.render.Rendering;
import org.copick.cli.render.Sheet;
import org.copick.entity.EntityKind;
import org.copick.picks.Point;
import org.copick.storage.StoreAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code copick demo}, which reads, annotates and draws a project that Python copick wrote. */
@Command(
        name = "demo",
        description = "Unpack a sample project, annotate it in an overlay, draw the result.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  copick demo", "  copick demo my-demo"})
public final class DemoCommand implements Callable<Integer> {
    private static final String RUN = "TS_001";
    private static final String TOMOGRAM = "wbp";
    private static final double SPACING = 10;
    private static final String OBJECT = "proteasome";
    private static final String USER = "me";
    private static final String SESSION = "1";
    private static final int POINTS = 8;

    private static final String OTHER_OBJECT = "ribosome";

    /** Shared picks of the other object. The demo adds no pick inside its particles. */
    private static final String OTHERS = OTHER_OBJECT + ":gapstop/0";

    /** The tomogram to draw, whose particles are easier to see. */
    private static final String DRAWN = "denoised";

    /** File that marks an unfinished demo, so that an interrupted one can be repeated in its folder. */
    private static final String UNFINISHED = ".copick-demo-unfinished";

    /** System property with the program as the user called it, set by the launcher. */
    private static final String PROGRAM = "copick.program";

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = "copick-demo",
            description =
                    "Folder for the project: missing, empty or with an interrupted demo (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("copick-demo");

    @CommandLine.Option(
            names = "--s3",
            paramLabel = "URL",
            description =
                    "Empty folder of an S3 bucket to put the project into, as s3://BUCKET/FOLDER (default: the local"
                            + " disk). Credentials are those that AWS tools find.")
    private @Nullable String s3;

    @CommandLine.Option(
            names = "--gcs",
            paramLabel = "URL",
            description =
                    "Like --s3, but a folder of a Google Cloud Storage bucket, as gs://BUCKET/FOLDER (default: the"
                            + " local disk). Credentials are those that Google's tools find.")
    private @Nullable String gcs;

    @CommandLine.Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "URL of the service that holds the bucket (default: Amazon's or Google's service).")
    private @Nullable String endpoint;

    private int step;

    DemoCommand() {}

    @Override
    public Integer call() {
        try {
            return run();
        } catch (IOException e) {
            throw DiskFailure.of("put the demo into", folder, e);
        }
    }

    private int run() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (s3 != null && gcs != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "give one of --s3 and --gcs: the project goes into one bucket");
        }
        String bucket = s3 == null ? gcs : s3;
        if (bucket != null) {
            new StoreAddress(bucket, Map.of(), null); // refuses credentials inside the URL before anything is written
        }
        boolean resumed = isUnfinished(folder, bucket);
        if (!resumed) {
            requireFree(folder);
        }
        LongAdder bytes = new LongAdder();
        LongAdder calls = new LongAdder();
        try (CopickContext context = CopickContext.builder()
                .listener(operation -> {
                    bytes.add(operation.bytes());
                    calls.increment();
                })
                .build()) {
            Path unfinished = Files.createDirectories(folder).resolve(UNFINISHED);
            Files.writeString(unfinished, purpose(bucket));
            SampleProject sample = SampleProject.unpack(folder);
            if (bucket == null) {
                say(out, "Unpacked a project that Python copick wrote, and put an empty overlay on it:");
                tell(out, "shared, read-only   " + sample.shared());
                tell(out, "yours, writable     " + sample.overlay());
            } else {
                upload(context, sample, bucket, resumed);
                say(
                        out,
                        "Copied a project that Python copick wrote into the bucket, by " + calls.sumThenReset()
                                + " calls, and put an empty overlay on it:");
                tell(out, "shared, read-only   " + bucket + "/shared");
                tell(out, "yours, writable     " + bucket + "/overlay");
                bytes.reset();
            }
            tell(out, "configuration       " + sample.config());

            try (Root root = context.open(sample.config().toString())) {
                annotate(root, sample, bytes, resumed, out);
            }
            Files.delete(unfinished);
            next(out, sample);
        }
        return ExitStatus.DONE;
    }

    private void upload(CopickContext context, SampleProject sample, String bucket, boolean resumed)
            throws IOException {
        String url = bucket.replaceFirst("/+$", "");
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        if (endpoint != null) {
            arguments.put("endpoint_url", endpoint);
        }
        try (Root from = context.open(sample.sharedAlone(), null);
                Root to = context.open(sample.emptyAt(url + "/shared", arguments), null)) {
            if (!resumed && !to.runs().isEmpty()) {
                throw new CommandFailure(url + "/shared holds runs already; name another folder of the bucket");
            }
            ProjectCopy copy = new ProjectCopy(from, to, null, false);
            copy.entities(from.runs(), EnumSet.allOf(EntityKind.class), entity -> true, (done, total) -> {});
            if (!copy.failures().isEmpty()) {
                throw new CommandFailure(String.join("; ", copy.failures()));
            }
        }
        sample.moveTo(url + "/shared", url + "/overlay", arguments);
    }

    private void annotate(Root root, SampleProject sample, LongAdder bytes, boolean resumed, PrintWriter out) {
        say(out, "Opened it and listed what is there:");
        for (Run run : root.runs()) {
            tell(out, String.format(Locale.ROOT, "%-10s %s", run.name(), contents(run)));
        }

        Run run = root.run(RUN);
        Tomogram tomogram = run.voxelSpacing(SPACING).tomogram(TOMOGRAM);
        Level level = tomogram.volume().level(0);
        long before = bytes.sum();
        Plane plane = Plane.read(level, "z", -1, SPACING);
        say(out, "Read one slice of " + TOMOGRAM + "@" + SPACING + " in run " + RUN + ":");
        tell(
                out,
                "volume              " + shape(level.shape()) + " voxels (z, y, x), " + level.dataType() + ", levels: "
                        + tomogram.volume().levels().size());
        tell(
                out,
                String.format(
                        Locale.ROOT,
                        "slice               z = %d, %s moved",
                        plane.index(),
                        Printable.bytes(bytes.sum() - before)));

        double radius = root.object(OBJECT).radius().orElseThrow();
        double otherRadius = root.object(OTHER_OBJECT).radius().orElseThrow();
        List<Point> others = run.picks(OTHERS).stream()
                .flatMap(shared -> shared.points().stream())
                .toList();
        List<Point> points = DarkBlobs.in(
                plane,
                radius,
                POINTS,
                place -> others.stream().allMatch(other -> distance(place, other) > otherRadius));
        Picks picks = run.newPicks(
                AnnotationId.of(OBJECT).user(USER).session(SESSION),
                points,
                resumed ? OnExisting.REUSE : OnExisting.FAIL);
        say(
                out,
                "Added " + points.size() + " picks of " + OBJECT
                        + " at dark places of that slice, away from shared picks (" + OTHERS + "):");
        tell(out, "written to          " + picks.location());

        Picks again = run.picks(AnnotationId.of(OBJECT).user(USER).session(SESSION));
        again.refresh();
        say(out, "Read them back from the overlay (x, y, z in Å):");
        for (Point point : again.points()) {
            tell(out, String.format(Locale.ROOT, "%8.1f %8.1f %8.1f", point.x(), point.y(), point.z()));
        }

        Rendering rendering = Rendering.of(
                root,
                List.of(run),
                DRAWN + "@" + SPACING,
                "z",
                plane.index(),
                0,
                0,
                new ObjectColors(root),
                (location, action) -> action.run());
        rendering.drawSegmentations("membrane:membrain/0@" + SPACING);
        rendering.drawPicks(OTHERS);
        rendering.drawPicks(OBJECT + ":" + USER + "/" + SESSION);
        rendering.write(new Picture(sample.picture().toString(), Sheet.Format.PNG), out);
        say(
                out,
                "Drew that slice of " + DRAWN + "@" + SPACING
                        + " with your picks, the shared ones and a shared segmentation:");
        tell(out, "picture             " + sample.picture());
    }

    private static void next(PrintWriter out, SampleProject sample) {
        out.println();
        out.println("Try next:");
        String copick = "  " + quoted(System.getProperty(PROGRAM, "copick"));
        String config = " -c " + quoted(sample.config().toString());
        out.println(copick + " info" + config);
        out.println(copick + " ls --long" + config);
        out.println(copick + " ls 'proteasome:*'" + config);
        out.println(copick + " new picks --particle-name ribosome --out-user me --out-session 2 --run TS_002" + config);
        out.println(copick + " render 'denoised@10.0' --run TS_001 --axis y --picks 'proteasome:gapstop' -o slice.png"
                + config);
        out.println("  python -c \"import copick; print([r.name for r in copick.from_file('" + sample.config()
                + "').runs])\"");
    }

    /** Quotes a word for a POSIX shell, if needed. */
    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static double distance(Point a, Point b) {
        return Math.hypot(Math.hypot(a.x() - b.x(), a.y() - b.y()), a.z() - b.z());
    }

    private static String contents(Run run) {
        List<String> parts = new ArrayList<>();
        long tomograms = run.voxelSpacings().stream()
                .mapToLong(spacing -> spacing.tomograms().size())
                .sum();
        count(parts, tomograms, EntityKind.TOMOGRAM);
        count(parts, run.picks().size(), EntityKind.PICKS);
        count(parts, run.filaments().size(), EntityKind.FILAMENTS);
        count(parts, run.meshes().size(), EntityKind.MESH);
        count(parts, run.segmentations().size(), EntityKind.SEGMENTATION);
        return parts.isEmpty() ? "(empty)" : String.join(", ", parts);
    }

    private static void count(List<String> parts, long count, EntityKind kind) {
        if (count > 0) {
            String name = switch (kind) {
                case PICKS -> "picks file";
                case FILAMENTS -> "filaments file";
                default -> kind.name().toLowerCase(Locale.ROOT);
            };
            String plural = kind == EntityKind.MESH ? "es" : "s";
            parts.add(count + " " + name + (count == 1 ? "" : plural));
        }
    }

    private static String shape(long[] shape) {
        List<String> lengths = new ArrayList<>();
        for (long length : shape) {
            lengths.add(Long.toString(length));
        }
        return String.join(" × ", lengths);
    }

    private void say(PrintWriter out, String text) {
        step++;
        if (step > 1) {
            out.println();
        }
        out.println(step + ". " + text);
    }

    private static void tell(PrintWriter out, String text) {
        out.println("     " + text);
    }

    /** Returns whether the folder holds an interrupted demo that this call can repeat: one in the same store. */
    private static boolean isUnfinished(Path folder, @Nullable String bucket) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED);
        if (!Files.isRegularFile(unfinished)) {
            return false;
        }
        String told = Files.readString(unfinished);
        return told.isEmpty() || told.equals(purpose(bucket));
    }

    private static String purpose(@Nullable String bucket) {
        return bucket == null ? "on disk" : "in " + bucket;
    }

    private static void requireFree(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            throw new CommandFailure(folder + " is a file; name a folder for the demo that does not exist yet");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> children = Files.list(folder)) {
                if (children.findAny().isPresent()) {
                    throw new CommandFailure(folder + " is not empty; name another folder for the demo, or remove it");
                }
            }
        }
    }
}
