package org.copick.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.copick.Axis;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.PickableObject;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VolumeData;
import org.copick.VolumeEntity;
import org.copick.VolumeOptions;
import org.copick.error.NotFoundException;
import org.copick.error.OperationInterruptedException;
import org.copick.error.ReadOnlyException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreOperation.Kind;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.zarr.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a stack has the planes that the engine reads, and of its failures and cost. */
final class VolumeStackTest {
    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void everyGoldenLevelHasThePlanesOfTheEngine(String corpus) throws IOException {
        int levels = 0;
        int fourAxes = 0;
        try (GoldenProject project = GoldenProject.open(corpus)) {
            for (VolumeEntity entity : project.volumes()) {
                for (int i = 0; i < entity.volume().levels().size(); i++, levels++) {
                    Level level = entity.level(i);
                    fourAxes += level.shape().length - 3;
                    assertPlanes(level, CopickImagePlus.open(entity, i));
                }
            }
            for (PickableObject object : project.root().objects()) {
                for (Level level :
                        object.findDensityMap().map(map -> map.levels()).orElse(List.of())) {
                    assertPlanes(level, CopickImagePlus.open(level, object.name()));
                    levels++;
                }
            }
        }
        assertTrue(levels > 40 && fourAxes > 2, levels + " levels, " + fourAxes + " with four axes");
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyTypeHasThePlanesOfTheEngine(DataType type) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (GoldenProject project = GoldenProject.open("v2")) {
            Tomogram tomogram = wbp(project);
            long[][] shapes = {{3, 5, 7}, {2, 4, 3, 6}, {1, 1, 1, 1}};
            for (long[] shape : shapes) {
                byte[] bytes = new byte[(int) Arrays.stream(shape).reduce(type.bytes(), (a, b) -> a * b)];
                random.nextBytes(bytes);
                if (type == DataType.BOOL) {
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] &= 1;
                    }
                }
                VolumeData data = VolumeData.of(type, (box, into) -> into.put(bytes, 0, into.remaining()), shape);
                String name = "random" + shape.length + shape[0];
                VolumeOptions options = VolumeOptions.defaults().type(type).levels(1);
                VolumeEntity features = tomogram.newFeatures(name, data, options);
                assertPlanes(features.level(0), CopickImagePlus.open(features));
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** Compares all planes in random order, each twice, with the level as a whole. */
    private static void assertPlanes(Level level, ImagePlus image) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long[] shape = level.shape();
        int channels = shape.length == 4 ? (int) shape[0] : 1;
        int slices = (int) shape[shape.length - 3];
        int height = (int) shape[shape.length - 2];
        int width = (int) shape[shape.length - 1];
        int plane = width * height;
        assertArrayEquals(new int[] {width, height, channels, slices, 1}, image.getDimensions(), level::toString);
        float[] all = level.readFloats();
        ImageStack stack = image.getStack();
        for (int read = 0; read < 2 * channels * slices; read++) {
            int c = random.nextInt(channels);
            int z = random.nextInt(slices);
            ImageProcessor processor = stack.getProcessor(image.getStackIndex(c + 1, z + 1, 1));
            String message = level + " channel " + c + " z " + z + " seed " + seed;
            Class<?> type = switch (level.dataType()) {
                case BOOL, UINT8 -> ByteProcessor.class;
                case UINT16 -> ShortProcessor.class;
                default -> FloatProcessor.class;
            };
            assertInstanceOf(type, processor, message);
            assertEquals(processor.getBitDepth(), image.getBitDepth(), message);
            int from = (c * slices + z) * plane;
            float[] pixels = new float[plane];
            for (int i = 0; i < plane; i++) {
                pixels[i] = processor.getf(i);
            }
            assertArrayEquals(Arrays.copyOfRange(all, from, from + plane), pixels, message);
        }
    }

    @Test
    void calibrationIsInNanometresAndTitlesAreUris() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Tomogram tomogram = project.root().run("run-4.b").voxelSpacing(7.84).tomogram("wbp");
            for (int level = 0; level < 3; level++) {
                ImagePlus image = CopickImagePlus.open(tomogram, level);
                double size = List.of(0.78405, 1.5681, 3.1362).get(level);
                assertEquals("nm", image.getCalibration().getUnit());
                assertEquals(size, image.getCalibration().pixelWidth);
                assertEquals(size, image.getCalibration().pixelHeight);
                assertEquals(size, image.getCalibration().pixelDepth);
                assertEquals(0, image.getCalibration().xOrigin);
                assertEquals("run-4.b/wbp@7.84" + (level == 0 ? "" : " level " + level), image.getTitle());
                assertTrue(image.getInfoProperty().startsWith(tomogram.location() + "/" + level));
            }
            assertThrows(NotFoundException.class, () -> CopickImagePlus.open(tomogram, 3));
        }
    }

    @Test
    void withoutAScaleTheFullResolutionHasTheVoxelSizeOfTheEntity() throws IOException {
        String attributes = """
                {"multiscales": [{"version": "0.4", "axes": [{"name": "z"}, {"name": "y"}, {"name": "x"}],
                  "datasets": [{"path": "0"}, {"path": "1"}]}]}
                """;
        try (GoldenProject project = GoldenProject.with(
                "v1", "overlay/ExperimentRuns/run-4.b/VoxelSpacing7.840/wbp.zarr/.zattrs", attributes)) {
            Tomogram tomogram = project.root().run("run-4.b").voxelSpacing(7.84).tomogram("wbp");
            ImagePlus image = CopickImagePlus.open(tomogram);
            assertEquals("nm", image.getCalibration().getUnit());
            assertEquals(0.784, image.getCalibration().pixelWidth);
            assertEquals(
                    "pixel", CopickImagePlus.open(tomogram, 1).getCalibration().getUnit());
            assertEquals(
                    "pixel",
                    CopickImagePlus.open(tomogram.level(0), "level")
                            .getCalibration()
                            .getUnit());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3000000000, 1, 1", "2, 3000000000, 1, 1", "1, 65536, 32768", "0, 3, 3", "3, 3"})
    void shapesThatImageJCannotShowAreRefused(String shape) {
        String chunks = shape.replaceAll("\\d+", "1");
        MemoryStore store = MemoryStore.of(
                Map.of(".zgroup", "{\"zarr_format\": 2}".getBytes(StandardCharsets.UTF_8), "0/.zarray", """
                {"zarr_format": 2, "shape": [%s], "chunks": [%s], "dtype": "|u1", "compressor": null, "fill_value": 0,
                 "filters": null, "order": "C"}
                """.formatted(
                                shape, chunks)
                        .getBytes(StandardCharsets.UTF_8)));
        try (CopickContext context = CopickContext.builder().build()) {
            Level level = Volume.open(context.zarr(), store).level(0);
            UnsupportedFeatureException refused =
                    assertThrows(UnsupportedFeatureException.class, () -> CopickImagePlus.open(level, "any"));
            assertTrue(String.valueOf(refused.getMessage()).contains("in ImageJ"), refused.getMessage());
        }
    }

    @Test
    void manyThreadsReadOneStack() throws Exception {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Level level = counts(project).level(0);
            float[] all = level.readFloats();
            ImageStack stack = CopickImagePlus.open(level, "shared").getStack();
            int plane = stack.getWidth() * stack.getHeight();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<float[]>> planes = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    int n = i % stack.size() + 1;
                    planes.add(threads.submit(() -> (float[]) stack.getPixels(n)));
                }
                for (int i = 0; i < planes.size(); i++) {
                    int from = i % stack.size() * plane;
                    assertArrayEquals(
                            Arrays.copyOfRange(all, from, from + plane),
                            planes.get(i).get());
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void labelsAreVisible() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            ImagePlus binary = CopickImagePlus.open(project.root()
                    .run("TS_001")
                    .segmentations("membrane:membrain/0@13.48")
                    .get(0));
            assertEquals(1, binary.getDisplayRangeMax());
            ImagePlus many = CopickImagePlus.open(project.root()
                    .run("TS_001")
                    .segmentations("painting:*?multilabel=true")
                    .get(0));
            assertEquals(300, many.getDisplayRangeMax());
        }
    }

    @Test
    void aPlaneCostsTheRequestsOfTheEngineAndTheSecondTimeNone() throws IOException {
        for (String corpus : List.of("v1", "v2")) {
            for (int z : new int[] {0, 5, 36}) {
                CountingStores engine = new CountingStores();
                CountingStores stacks = new CountingStores();
                try (GoldenProject one = GoldenProject.open(corpus, engine::wrap);
                        GoldenProject other = GoldenProject.open(corpus, stacks::wrap)) {
                    Level level = wbp(one).level(0);
                    VolumeStack stack = VolumeStack.of(wbp(other).level(0));
                    var unused = level.shape();
                    engine.forget();
                    stacks.forget();
                    float[] plane = level.plane(Axis.Z, z);
                    assertArrayEquals(plane, (float[]) stack.getPixels(z + 1));
                    assertEquals(engine.calls(), stacks.calls(), "z " + z);
                    assertTrue(!stacks.calls().isEmpty());
                    stacks.forget();
                    assertArrayEquals(plane, (float[]) stack.getProcessor(z + 1).getPixels());
                    assertEquals(List.of(), stacks.calls());
                }
            }
        }
    }

    @Test
    void aFailureReachesTheCallerAndThePlaneStaysShown() throws IOException {
        FaultInjectingStores faults = new FaultInjectingStores();
        try (GoldenProject project = GoldenProject.open("v1", faults::wrap)) {
            Level level = counts(project).level(0);
            ImagePlus image = CopickImagePlus.open(level, "faulty");
            float[] first = ((float[]) image.getProcessor().getPixels()).clone();
            faults.with(Fault.before().on(Kind.READ, Kind.READ_RANGES));
            assertThrows(StorageException.class, () -> image.getStack().getProcessor(11));
            assertThrows(StorageException.class, () -> image.getStack().getPixels(11));
            assertThrows(StorageException.class, () -> image.setSlice(11));
            assertThrows(StorageException.class, () -> image.setPosition(1, 11, 1));
            assertEquals(1, image.getCurrentSlice());
            assertEquals(1, image.getSlice());
            assertArrayEquals(first, (float[]) image.getProcessor().getPixels());

            faults.heal();
            image.setSlice(11);
            assertArrayEquals(
                    level.plane(Axis.Z, 10), (float[]) image.getProcessor().getPixels());
            assertEquals(11, image.getCurrentSlice());
        }
    }

    /** ImageJ's windows have such a thread, which does not survive an exception. */
    @Test
    void aFailureInTheThreadOfSlidersIsReportedByImageJ() throws Exception {
        FaultInjectingStores faults = new FaultInjectingStores();
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        try (GoldenProject project = GoldenProject.open("v1", faults::wrap)) {
            ImagePlus image = CopickImagePlus.open(counts(project));
            faults.with(Fault.before().on(Kind.READ, Kind.READ_RANGES));
            IJ.setExceptionHandler(reported::add);
            List<Throwable> thrown = new CopyOnWriteArrayList<>();
            Thread sliders = new Thread(() -> image.setSlice(11), "zSelector");
            sliders.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
            sliders.start();
            sliders.join();
            assertEquals(List.of(), thrown);
            assertEquals(1, reported.size());
            assertInstanceOf(StorageException.class, reported.get(0));
            assertEquals(1, image.getCurrentSlice());
            assertEquals(1, image.getSlice());
        } finally {
            IJ.setExceptionHandler(null);
        }
    }

    @Test
    void openingFailsIfTheFirstPlaneCannotBeRead() throws IOException {
        FaultInjectingStores faults = new FaultInjectingStores();
        try (GoldenProject project = GoldenProject.open("v1", faults::wrap)) {
            Tomogram tomogram = wbp(project);
            var unused = tomogram.level(0).shape();
            faults.with(Fault.before().on(Kind.READ, Kind.READ_RANGES));
            assertThrows(StorageException.class, () -> CopickImagePlus.open(tomogram));
        }
    }

    @Test
    void anInterruptEndsARead() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            ImagePlus image = CopickImagePlus.open(counts(project));
            try {
                Thread.currentThread().interrupt();
                assertThrows(OperationInterruptedException.class, () -> image.setSlice(11));
            } finally {
                assertTrue(Thread.interrupted());
            }
            assertEquals(1, image.getCurrentSlice());
            image.setSlice(11);
            assertEquals(11, image.getCurrentSlice());
        }
    }

    @Test
    void theStackCannotBeChanged() throws IOException {
        try (GoldenProject project = GoldenProject.open("v1")) {
            Level level = wbp(project).level(0);
            ImagePlus image = CopickImagePlus.open(level, "fixed");
            VirtualStack stack = (VirtualStack) image.getStack();
            ImageProcessor plane = stack.getProcessor(1);
            for (Runnable change : List.<Runnable>of(
                    () -> stack.addSlice("file.png"),
                    () -> stack.addSlice("label", plane.getPixels()),
                    () -> stack.addSlice("label", plane),
                    () -> stack.addSlice("label", plane, 0),
                    () -> stack.addSlice(plane),
                    () -> stack.setProcessor(plane, 1),
                    () -> stack.deleteSlice(1),
                    stack::deleteLastSlice,
                    () -> stack.reduce(2))) {
                ReadOnlyException refused = assertThrows(ReadOnlyException.class, change::run);
                assertTrue(String.valueOf(refused.getMessage()).contains(level.toString()), refused.getMessage());
            }
            plane.setValue(7);
            plane.fill();
            stack.setPixels(plane.getPixels(), 1);
            stack.setSliceLabel("label", 1);
            stack.trim();
            assertEquals(37, stack.size());
            assertArrayEquals(level.plane(Axis.Z, 0), (float[]) stack.getPixels(1));
            assertThrows(IllegalArgumentException.class, () -> stack.getProcessor(0));
            assertThrows(IllegalArgumentException.class, () -> stack.getProcessor(38));
        }
    }

    @Test
    void aDuplicateHasThePixelsAndTheCalibration() throws IOException {
        try (GoldenProject project = GoldenProject.open("v2")) {
            for (VolumeEntity entity : List.of(
                    wbp(project),
                    project.root()
                            .run("TS_001")
                            .segmentations("cell:*?panoptic=true")
                            .get(0))) {
                ImagePlus image = CopickImagePlus.open(entity);
                ImagePlus copy = image.duplicate();
                assertArrayEquals(image.getDimensions(), copy.getDimensions());
                assertEquals(image.getCalibration().pixelWidth, copy.getCalibration().pixelWidth);
                assertEquals("nm", copy.getCalibration().getUnit());
                for (int n = 1; n <= image.getStackSize(); n++) {
                    assertArrayEquals(
                            image.getStack().getProcessor(n).getFloatArray(),
                            copy.getStack().getProcessor(n).getFloatArray());
                }
            }
        }
    }

    private static Tomogram wbp(GoldenProject project) {
        return project.root().run("TS_001").voxelSpacing(10).tomogram("wbp");
    }

    /** Returns a tomogram with two chunks along z. */
    private static Tomogram counts(GoldenProject project) {
        return project.root().run("TS_002").voxelSpacing(10).tomogram("raw-counts");
    }

    /** All stores of a project, with their calls counted. */
    private static final class CountingStores {
        private final List<CountingStore> stores = new CopyOnWriteArrayList<>();

        CountingStore wrap(ObjectStore store) {
            CountingStore counting = new CountingStore(store);
            stores.add(counting);
            return counting;
        }

        void forget() {
            stores.forEach(CountingStore::forget);
        }

        List<String> calls() {
            return stores.stream()
                    .flatMap(store -> store.calls().stream())
                    .map(Object::toString)
                    .toList();
        }
    }

    /** All stores of a project, made to fail together. */
    private static final class FaultInjectingStores {
        private final List<FaultInjectingStore> stores = new CopyOnWriteArrayList<>();

        FaultInjectingStore wrap(ObjectStore store) {
            FaultInjectingStore faulty = new FaultInjectingStore(store);
            stores.add(faulty);
            return faulty;
        }

        void with(Fault fault) {
            stores.forEach(store -> store.with(fault));
        }

        void heal() {
            stores.forEach(FaultInjectingStore::heal);
        }
    }
}
