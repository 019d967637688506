package org.copick.tests;

import static org.copick.tests.Differences.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.copick.AnnotationId;
import org.copick.Axis;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.error.AlreadyExistsException;
import org.copick.storage.StoreCapability;
import org.copick.storage.WriteCondition;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;

/**
 * Tests the promises of a copick project on this store.
 *
 * <p>They cover every kind of entity, images in both versions of Zarr, and the number of store calls.
 */
public abstract class ProjectContract extends KitTest {
    private final List<CountingStore> counters = Collections.synchronizedList(new ArrayList<>());

    /** Creates a contract for a subclass. */
    protected ProjectContract() {}

    private TestProject project() {
        return new TestProject(place(), store -> {
            CountingStore counter = new CountingStore(store);
            counters.add(counter);
            return counter;
        });
    }

    /** Returns a project that holds the sample; the place fills the store, since the store may be read-only. */
    private TestProject sample() {
        TestProject project = project();
        put(TestProject.sample(project.url()));
        return project;
    }

    /** Returns the calls since the last time, as text, and forgets them. */
    private List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (CountingStore counter : List.copyOf(counters)) {
            for (StoreCall call : counter.calls()) {
                calls.add(call.kind() + " " + call.key());
            }
            counter.forget();
        }
        return calls;
    }

    @Promise("a project on this store has the same content as the project in memory")
    void everythingIsRead() {
        SortedMap<String, String> expected;
        try (TestProject memory = inMemory();
                Root root = memory.open()) {
            expected = ProjectState.of(root);
        }
        try (TestProject project = sample();
                Root root = project.open()) {
            assertEquals(List.of(), ProjectState.differences(expected, ProjectState.of(root)));
        }
    }

    private static TestProject inMemory() {
        MemoryUnderTest memory = new MemoryUnderTest();
        TestProject project = new TestProject(memory, store -> store);
        try (var store = memory.open()) {
            TestProject.sample(project.url()).forEach((key, bytes) -> store.write(key, bytes, WriteCondition.ANY));
        }
        return project;
    }

    @Promise("every kind of entity can be created on this store, with the same content as in memory")
    void everythingIsWritten() {
        try (TestProject project = project()) {
            put(KitProject.CONFIG, KitProject.config(project.url() + "/" + TestProject.DATA, ""));
            try (Root root = project.open()) {
                if (refuses(
                        StoreCapability.WRITE,
                        () -> root.newRun("TS_1"),
                        () -> root.object("ribo").newDensityMap(KitProject.floats(1), 10, KitProject.options(2)))) {
                    return;
                }
                KitProject.fill(root);
            }
            SortedMap<String, String> expected;
            try (TestProject memory = inMemory();
                    Root root = memory.open()) {
                expected = ProjectState.of(root);
            }
            try (Root root = project.open()) {
                assertEquals(List.of(), ProjectState.differences(expected, ProjectState.of(root)));
            }
        }
    }

    @Promise("every box of an image is read as it was written, in both versions of Zarr")
    void boxesAreRead() {
        Random random = new Random(11);
        try (TestProject project = project()) {
            put(KitProject.CONFIG, KitProject.config(project.url() + "/" + TestProject.DATA, ""));
            for (ImageFormat format : List.of(ImageFormat.VERSION_2, ImageFormat.VERSION_3)) {
                Voxels voxels = Voxels.random(random);
                put(image(voxels, format));
                try (Root root = project.open()) {
                    Tomogram tomogram = root.run("boxes").voxelSpacing(10).tomogram("t" + format.zarrFormat());
                    for (int box = 0; box < 2 * rounds(); box++) {
                        Region region = Voxels.randomBox(random);
                        assertArrayEquals(
                                voxels.in(region),
                                tomogram.volume().level(0).readFloats(region),
                                () -> format + ": " + region);
                    }
                }
            }
        }
    }

    /** Returns the objects of a project's root with a single tomogram. */
    private static Map<String, byte[]> image(Voxels voxels, ImageFormat format) {
        MemoryUnderTest memory = new MemoryUnderTest();
        try (TestProject project = new TestProject(memory, store -> store);
                var store = memory.open()) {
            store.write(
                    KitProject.CONFIG,
                    KitProject.config(project.url() + "/" + TestProject.DATA, ""),
                    WriteCondition.ANY);
            try (Root root = project.open()) {
                root.newRun("boxes")
                        .newVoxelSpacing(10)
                        .newTomogram(
                                "t" + format.zarrFormat(),
                                voxels.data(),
                                KitProject.options(2).format(format.withChunk(8, 8, 8)));
            }
            Map<String, byte[]> objects = new HashMap<>();
            store.forEach(
                    TestProject.DATA + "/",
                    object -> objects.put(
                            object.key(), store.read(object.key()).orElseThrow().bytes()));
            return objects;
        }
    }

    @Promise("painting changes the box and nothing else, even if the box cuts chunks")
    void boxesArePainted() {
        Random random = new Random(12);
        try (TestProject project = sample();
                Root root = project.open()) {
            if (refuses(
                    StoreCapability.WRITE,
                    () -> root.run("TS_1")
                            .segmentation(SegmentationId.binary("membrane")
                                    .at(10)
                                    .user("alice")
                                    .session("1"))
                            .writeRegion(
                                    Region.of(new long[3], new long[] {1, 1, 1}), KitProject.labels(0, 1, 1, 1)))) {
                return;
            }
            for (int version : new int[] {2, 3}) {
                Voxels expected = new Voxels();
                Segmentation painted = root.run("TS_1")
                        .newSegmentation(
                                SegmentationId.multilabel("painted")
                                        .at(10)
                                        .user("alice")
                                        .session("" + version),
                                expected.data(),
                                KitProject.options(version));
                for (int stroke = 0; stroke < rounds(); stroke++) {
                    Region box = Voxels.randomBox(random);
                    int label = 1 + random.nextInt(3);
                    long[] shape = box.shape();
                    painted.writeRegion(box, KitProject.labels(label, (int) shape[0], (int) shape[1], (int) shape[2]));
                    expected.fill(box, label);
                }
                try (Root reader = project.open()) {
                    Segmentation read = reader.run("TS_1")
                            .segmentation(SegmentationId.multilabel("painted")
                                    .at(10)
                                    .user("alice")
                                    .session("" + version));
                    assertArrayEquals(expected.all(), read.volume().level(0).readFloats(), "version " + version);
                }
            }
        }
    }

    @Promise("of many callers that create one entity exactly one succeeds, for every kind")
    void creatorsOfOneEntity() throws Exception {
        try (TestProject project = sample();
                Root one = project.open();
                Root two = project.open()) {
            if (refuses(StoreCapability.CREATE_IF_ABSENT)) {
                return;
            }
            for (int round = 0; round < Math.max(1, rounds() / 4); round++) {
                String name = "r" + round;
                assertEquals(
                        1,
                        winners(
                                one,
                                two,
                                run -> run.newPicks(
                                        AnnotationId.of("ribo").user(name).session("1"))),
                        "picks");
                assertEquals(
                        1,
                        winners(
                                one,
                                two,
                                run -> run.newFilaments(
                                        AnnotationId.of("mt").user(name).session("1"))),
                        "filaments");
                assertEquals(
                        1,
                        winners(
                                one,
                                two,
                                run -> run.newMesh(
                                        AnnotationId.of("membrane").user(name).session("1"), KitProject.mesh(1))),
                        "mesh");
                assertEquals(
                        1,
                        winners(
                                one,
                                two,
                                run -> run.voxelSpacing(10)
                                        .newTomogram(name, KitProject.floats(1), KitProject.options(2))),
                        "tomogram");
            }
        }
    }

    /** The attempt of one caller to create an entity. */
    private interface Creation {
        Object in(Run run);
    }

    private static int winners(Root one, Root two, Creation creation) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> creators = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Root own = i % 2 == 0 ? one : two;
                creators.add(() -> {
                    try {
                        creation.in(own.run("TS_1"));
                        return true;
                    } catch (AlreadyExistsException e) {
                        return false;
                    }
                });
            }
            int winners = 0;
            for (Future<Boolean> creator : threads.invokeAll(creators)) {
                winners += creator.get() ? 1 : 0;
            }
            return winners;
        } finally {
            threads.shutdownNow();
        }
    }

    @Promise("each user action takes a fixed number of store calls")
    void budgets() {
        String run = "data/ExperimentRuns/TS_1/";
        String spacing = run + "VoxelSpacing10.000/";
        String image = spacing + "wbp.zarr/";
        try (TestProject project = sample()) {
            counters.clear();
            try (Root root = project.open()) {
                assertCalls("opening", "READ project.json");
                Run first = root.runs().get(0);
                assertCalls("listing runs", "LIST_FOLDER data/ExperimentRuns/");
                Tomogram tomogram = first.voxelSpacings().get(0).tomograms().get(0);
                // with FLAT_LISTING, keys of all depths are listed page by page, starting at the first of the listed
                // runs
                boolean ahead = can(StoreCapability.FLAT_LISTING);
                assertCalls(
                        "listing tomograms",
                        ahead
                                ? List.of("LIST data/ExperimentRuns/")
                                : List.of("LIST_FOLDER " + run, "LIST_FOLDER " + spacing));
                assertEquals(1, first.picks().size());
                assertEquals(2, first.segmentations().size());
                assertCalls(
                        "listing annotations",
                        ahead
                                ? List.of()
                                : List.of(
                                        "LIST_FOLDER " + run + "Picks/",
                                        "LIST_FOLDER " + run + "Segmentations/",
                                        "LIST_FOLDER " + run + "InstanceSegmentations/",
                                        "LIST_FOLDER " + run + "PanopticSegmentations/"));
                assertEquals(1, first.picks().get(0).points().size());
                assertCalls("reading picks", "READ " + run + "Picks/alice_1_ribo.json");
                assertEquals(2, tomogram.volume().levels().size());
                // the page already showed that the image has no objects of Zarr v3
                List<String> group = Stream.of(".zattrs", ".zgroup", "zarr.json")
                        .limit(ahead ? 2 : 3)
                        .map(name -> "READ " + image + name)
                        .toList();
                // on remote stores the metadata of the first level are prefetched in the same round trip
                List<String> level = Stream.of(".zarray", "zarr.json")
                        .limit(ahead ? 1 : 2)
                        .map(name -> "READ " + image + "0/" + name)
                        .toList();
                boolean together = can(StoreCapability.REMOTE);
                assertCallsInAnyOrder("opening a tomogram", group, together ? level : List.of());
                tomogram.plane(Axis.Z, 1);
                tomogram.plane(Axis.Z, 1);
                assertCallsInAnyOrder(
                        "reading a slice twice",
                        together ? List.of() : level.subList(0, 1),
                        List.of("READ " + image + "0/0/0/0"));
                if (can(StoreCapability.WRITE)) {
                    first.picks().get(0).write(KitProject.points(2));
                    String saved = run + "Picks/alice_1_ribo.json";
                    // without conditional replacement, an extra request checks that the document still exists
                    assertCalls(
                            "saving picks",
                            can(replacing()) ? List.of("WRITE " + saved) : List.of("INFO " + saved, "WRITE " + saved));
                }
            }
        }
    }

    private void assertCalls(String what, String... expected) {
        assertCalls(what, List.of(expected));
    }

    private void assertCallsInAnyOrder(String what, List<String> some, List<String> others) {
        assertEquals(
                Stream.concat(some.stream(), others.stream()).sorted().toList(),
                calls().stream().sorted().toList(),
                what);
    }

    private void assertCalls(String what, List<String> expected) {
        assertEquals(expected, calls(), what);
    }
}
