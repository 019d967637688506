package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.Picks;
import org.copick.Root;
import org.copick.Run;

/**
 * Runs one case of the benchmark in this process.
 *
 * <p>Reads the case from standard input and prints a line for each repeat, like the Python peers.
 */
final class Case {
    private static final List<Class<?>> IMPORTED =
            List.of(CopickContext.class, Root.class, Run.class, Picks.class, Level.class);

    private Case() {}

    /** Runs the case on standard input; with {@code --meta} describes the running software instead. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[arguments.length - 1].equals("--meta")) {
            meta();
            return;
        }
        Spec spec = Spec.read();
        if (spec.name().startsWith("tour")) {
            // loads the classes for a class archive
            for (JsonNode stop : spec.all().path("stops")) {
                run(Spec.of(stop));
            }
        } else {
            run(spec);
        }
    }

    private static void run(Spec spec) throws Exception {
        for (Class<?> imported : IMPORTED) {
            // before the clock starts, like Python imports the modules that a program names
            Class.forName(imported.getName());
        }
        try (CopickContext warm = Opening.context(spec)) {
            if (spec.isRemote() && !spec.isFresh() && !spec.isBareArray()) {
                // a process that has already used this service keeps its connections, like the Python peers
                Opening.project(spec, warm);
            }
            time(spec);
        }
    }

    private static void time(Spec spec) throws Exception {
        Clock clock = new Clock(spec);
        ArrayCases arrays = new ArrayCases(spec, clock);
        ProjectCases projects = new ProjectCases(spec, clock);
        PointCases points = new PointCases(spec, clock);
        LargeCases large = new LargeCases(spec, clock);
        switch (spec.name()) {
            case "start.import" -> ProjectCases.open(spec.path("config"));
            case "tomo.full.l0" -> arrays.fullTomogram(0);
            case "tomo.full.l2" -> arrays.fullTomogram(2);
            case "tomo.cursor.l1" -> arrays.passOver(1);
            case "tomo.slice.z.cold",
                    "tomo.slice.z.first",
                    "s3.slice.z.cold",
                    "s3.slice.z.first",
                    "gcs.slice.z.cold",
                    "gcs.slice.z.first" -> arrays.coldPlane(0);
            case "tomo.slice.y.first" -> arrays.coldPlane(1);
            case "tomo.slice.x.cold", "tomo.slice.x.first", "s3.slice.x.cold" -> arrays.coldPlane(2);
            case "tomo.scroll.z100" -> arrays.scroll(100);
            case "tomo.subvol64x50" -> arrays.subvolumes();
            case "tomo.write.l3" -> arrays.writeTomogram();
            case "tomo.write.l0" -> arrays.writeLevel();
            case "seg.full" -> arrays.fullSegmentation();
            case "seg.slice.z.cold" -> arrays.coldSegmentationPlane();
            case "seg.write" -> arrays.writeSegmentation();
            case "project.list.cold", "project.list.warm", "s3.list.all.cold", "gcs.list.all.cold" ->
                projects.list(true);
            case "project.list.overlay.cold" -> projects.listOverlay();
            case "picks.load100files", "s3.picks.load100files", "gcs.picks.load100files" -> projects.loadHundredPicks();
            case "picks.load100k" -> points.load();
            case "picks.arrays100k" -> points.loadArrays();
            case "picks.store100k" -> points.store();
            case "picks.from_arrays100k" -> points.storeArrays();
            case "mesh.load1m" -> points.loadMesh();
            case "mesh.store1m" -> points.storeMesh();
            case "s3.full.l0.cold", "s3.full.l0.first" -> arrays.coldFull(0);
            case "s3.full.l2.cold" -> arrays.coldFull(2);
            case "s3.seg.full.cold" -> arrays.coldFullSegmentation();
            case "s3.scroll.z10", "gcs.scroll.z10" -> arrays.scroll(10);
            case "large.write.cold" -> large.write();
            case "large.plane", "large.box", "large.slabs" -> large.read();
            case "s3.runs.cold" -> projects.runs();
            case "s3.list.picks.cold" -> projects.list(false);
            case "s3.picks.store1" -> projects.saveOne();
            case "s3.picks.new1.cold" -> projects.newOne();
            default -> throw new IllegalArgumentException("no case " + spec.name() + " here");
        }
    }

    private static void meta() throws IOException {
        ObjectNode meta = Spec.MAPPER.createObjectNode();
        meta.put("java", System.getProperty("java.runtime.version"));
        meta.put("jvm", System.getProperty("java.vm.name"));
        meta.put("heap_mib", Runtime.getRuntime().maxMemory() >> 20);
        List<String> options =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        options.removeIf(option -> option.contains("/"));
        meta.put("options", String.join(" ", options));
        System.out.println(meta);
    }
}
