package org.copick.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;
import org.copick.VoxelSpacing;
import org.copick.bench.Clock.Result;
import org.copick.picks.Point;

/** Cases that list projects of many runs, and read and write small picks files. */
final class ProjectCases {
    private static final int HUNDRED = 100;
    private static final int POINTS = 20;

    private final Spec spec;
    private final Clock clock;

    ProjectCases(Spec spec, Clock clock) {
        this.spec = spec;
        this.clock = clock;
    }

    void runs() throws IOException {
        clock.time(
                (context, nothing) -> Opening.project(spec, context).runs().size() + " runs",
                Result.of(text -> text, 0));
    }

    void list(boolean everything) throws IOException {
        clock.time(
                (context, nothing) -> listed(Opening.project(spec, context), everything), Result.of(text -> text, 0));
    }

    void listOverlay() throws IOException {
        clock.time(
                context -> Files.createTempDirectory(spec.scratch(), "overlay"),
                (context, overlay) -> listed(Opening.underEmptyOverlay(spec, context, overlay), true),
                Result.of(text -> text, 0));
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

    void loadHundredPicks() throws IOException {
        clock.time(this::hundredPicks, (context, picks) -> side(picks), Result.of(count -> count + " points", 0));
    }

    private List<Picks> hundredPicks(CopickContext context) throws IOException {
        List<Picks> found = new ArrayList<>();
        for (Run run : Opening.project(spec, context).runs().subList(0, HUNDRED)) {
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

    /** Loads picks in parallel, as programs read many small files. */
    private static Integer side(List<Picks> picks) {
        Picks.load(picks);
        return picks.stream().mapToInt(each -> each.points().size()).sum();
    }

    void saveOne() throws IOException {
        clock.time(
                context -> {
                    Picks picks = ribosomes(Opening.project(spec, context).run("TS_0000"));
                    picks.points();
                    return picks;
                },
                (context, picks) -> {
                    picks.write(picks.points());
                    return true;
                },
                Result.of(done -> null, 0));
    }

    void newOne() throws IOException {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(Point.at(3 * i, 3 * i + 1, 3 * i + 2));
        }
        clock.time(
                (context, nothing) -> {
                    Opening.project(spec, context)
                            .run("TS_0001")
                            .newPicks(
                                    AnnotationId.of("ribosome").user("w").session(Long.toString(System.nanoTime())),
                                    points);
                    return true;
                },
                Result.of(done -> null, 0));
    }

    /** Opens a project's configuration: the minimum cost of a process. */
    static void open(Path config) {
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.open(config.toString())) {
            if (root.objects().isEmpty()) {
                throw new IllegalStateException(config + " has no objects");
            }
        }
    }
}
