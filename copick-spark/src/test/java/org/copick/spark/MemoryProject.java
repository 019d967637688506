package org.copick.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.copick.AnnotationId;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Run;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.config.ObjectDefinition;
import org.copick.picks.Filament;
import org.copick.picks.FilamentsDocument;
import org.copick.picks.PicksDocument;
import org.copick.picks.Point;
import org.copick.picks.Polyline;
import org.copick.picks.Transform;
import org.copick.storage.StoreOperation;
import org.copick.tests.MemoryStorageProvider;

/** A project in memory, and the requests that the source makes for it. */
final class MemoryProject implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final String name = "spark-" + NUMBERS.incrementAndGet();
    final String config = "memory://" + name + "/copick.json";
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** Creates a project with two roots, and data in the writable one. */
    MemoryProject(Consumer<Root> fill) {
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.create(
                        config,
                        project -> project.name("spark")
                                .userId("alice")
                                .sessionId("7")
                                .overlay("memory://" + name + "/overlay")
                                .shared("memory://" + name + "/static")
                                .object(ObjectDefinition.particle("ribosome").radius(100))
                                .object(ObjectDefinition.particle("atp-synthase")
                                        .radius(60))
                                .object(ObjectDefinition.builder("membrane", false)))) {
            fill.accept(root);
        }
        OpenProjects.shared().listener(this::add);
    }

    private void add(StoreOperation operation) {
        String folder = operation.location().substring(operation.location().lastIndexOf('/') + 1);
        requests.add(operation.kind() + " " + folder + "/" + operation.key());
    }

    /** Returns the requests since the last call. */
    List<String> requests() {
        synchronized (requests) {
            List<String> made = List.copyOf(requests);
            requests.clear();
            return made;
        }
    }

    /** Returns the requests since the last call that read something else than the configuration. */
    List<String> reads() {
        return requests().stream()
                .filter(request -> request.startsWith("READ") && !request.endsWith("/copick.json"))
                .sorted()
                .toList();
    }

    Root open() {
        return OpenProjects.shared().context().open(config);
    }

    /** Fills two runs with picks, filaments, a tomogram and two segmentations; a third run is empty. */
    static void fill(Root root) {
        Run one = root.newRun("TS_1");
        Run two = root.newRun("TS_2");
        root.newRun("empty");
        PicksDocument document = PicksDocument.empty("ribosome", "alice", "7", "TS_1")
                .withPoints(List.of(
                        Point.at(1, 2, 3).withScore(0.25).withInstanceId(5L),
                        Point.at(4, 5, 6, Transform.of(0, 1, 0, 9, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1))
                                .withScore(null),
                        Point.at(7.5, 8, -9).withInstanceId(null)));
        one.newPicks(AnnotationId.of("ribosome"), document);
        one.newPicks(AnnotationId.of("atp-synthase").user("tool").session("0"), List.of(Point.at(10, 20, 30)));
        two.newPicks(AnnotationId.of("ribosome").user("bob"), List.of(Point.at(11, 12, 13), Point.at(14, 15, 16)));
        two.newPicks(AnnotationId.of("membrane"), List.of());
        two.newFilaments(
                AnnotationId.of("membrane"),
                FilamentsDocument.empty("membrane", "alice", "7", "TS_2")
                        .withFilaments(List.of(
                                new Filament(
                                        3,
                                        Polyline.of(1, 2, 3, 4, 5, 6),
                                        true,
                                        0.5,
                                        12.5,
                                        java.util.Map.of(),
                                        null,
                                        java.util.Map.of()),
                                Filament.of(4, Polyline.of(0, 0, 0, 1, 1, 1, 2, 2, 2)))));
        one.newVoxelSpacing(10).newTomogram("wbp", VolumeData.of(numbers(5 * 6 * 7), 5, 6, 7));
        two.newVoxelSpacing(7.84)
                .newTomogram("denoised", VolumeData.of(numbers(3 * 4 * 5), 3, 4, 5), VolumeOptions.defaults());
        one.newSegmentation(SegmentationId.binary("membrane").at(10), VolumeData.of(new byte[5 * 6 * 7], 5, 6, 7));
        one.newSegmentation(
                SegmentationId.instance("ribosome").at(10).user("tool").session("0"),
                VolumeData.of(new byte[5 * 6 * 7], 5, 6, 7));
    }

    static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    @Override
    public void close() {
        OpenProjects.shared().listener(null);
        MemoryStorageProvider.forget(name);
    }
}
