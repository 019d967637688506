package org.copick.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.copick.CopickContext;
import org.copick.CopyOptions;
import org.copick.Features;
import org.copick.Level;
import org.copick.OnExisting;
import org.copick.PickableObject;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.VoxelSpacing;
import org.copick.config.ProjectConfig;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.error.AlreadyExistsException;
import org.copick.error.InvalidDataException;
import org.copick.error.InvalidNameException;
import org.copick.error.NotFoundException;
import org.copick.error.ReadOnlyException;
import org.copick.error.StorageException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.StoreOperation;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Numbers;
import org.copick.zarr.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests creating, replacing, painting and copying volumes; subclasses choose the store of the overlay. */
abstract class VolumesContract {
    private static final long[] SHAPE = {9, 8, 7};

    private final List<StoreOperation> operations = Collections.synchronizedList(new ArrayList<>());
    private final CopickContext context =
            CopickContext.builder().listener(operations::add).build();
    private final String place;
    private Root root;
    private Run run;
    private VoxelSpacing spacing;

    /** Creates the test's projects in folders below a URL or path. */
    VolumesContract(String place) {
        this.place = place;
        root = open(place + "/a", place + "/b");
        run = root.newRun("TS_001");
        spacing = run.newVoxelSpacing(10);
    }

    private Root open(String shared, String overlay) {
        String config = """
                {"name": "volumes", "overlay_root": "%s", "static_root": "%s", "pickable_objects": [
                   {"name": "ribo", "is_particle": true, "label": 1},
                   {"name": "mt", "is_particle": true, "label": 2},
                   {"name": "membrane", "is_particle": false, "label": 7},
                   {"name": "big", "is_particle": true, "label": 300}]}
                """.formatted(overlay, shared);
        return context.open(ProjectConfig.parse(config, "test"));
    }

    /** Uses the overlay as the static layer below a new, empty overlay. */
    private void share() {
        root = open(place + "/b", place + "/c");
        run = root.run("TS_001");
        spacing = run.voxelSpacing(10);
        operations.clear();
    }

    @BeforeEach
    void forgetOperations() {
        operations.clear();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    @Tag("statement-24")
    @Tag("statement-52")
    void aTomogramIsCreatedWithThreeLevels() {
        float[] values = floats(SHAPE);
        Tomogram created = spacing.newTomogram("wbp", VolumeData.of(values, SHAPE));

        assertEquals(2, created.volume().zarrFormat().orElseThrow());
        assertEquals(
                List.of("[9, 8, 7] [10.0, 10.0, 10.0]", "[5, 4, 4] [20.0, 20.0, 20.0]", "[3, 2, 2] [40.0, 40.0, 40.0]"),
                described(created));
        assertArrayEquals(values, created.volume().level(0).readFloats());
        assertEquals(
                List.of("wbp"), spacing.tomograms().stream().map(Tomogram::type).toList());
        assertThrows(
                AlreadyExistsException.class,
                () -> spacing.newTomogram("wbp", VolumeData.of(values, SHAPE)),
                "a duplicate is refused");
        assertArrayEquals(
                values, reopened("wbp").volume().level(0).readFloats(), "a refused duplicate changes nothing");
    }

    @Test
    void optionsSayHowATomogramIsWritten() {
        short[] values = shorts(SHAPE);
        Tomogram created = spacing.newTomogram(
                "raw",
                VolumeData.of(values, SHAPE),
                VolumeOptions.defaults()
                        .format(ImageFormat.VERSION_3.withChunk(4, 4, 4))
                        .levels(1)
                        .type(DataType.INT16));

        assertEquals(3, created.volume().zarrFormat().orElseThrow());
        Level full = created.volume().level(0);
        assertEquals(DataType.INT16, full.dataType());
        assertEquals(1, created.volume().levels().size());
        short[] read = new short[values.length];
        full.array().read(Region.all(SHAPE), read);
        assertArrayEquals(values, read);
        assertArrayEquals(new long[] {4, 4, 4}, full.array().chunkShape());
        assertThrows(
                InvalidDataException.class,
                () -> spacing.newTomogram(
                        "wrapped",
                        VolumeData.of(values, SHAPE),
                        VolumeOptions.defaults().type(DataType.UINT8)));
        assertTrue(spacing.findTomogram("wrapped").isEmpty(), "nothing was written");
    }

    @Test
    @Tag("statement-59")
    void replacingWithFewerLevelsRemovesTheOthers() {
        Tomogram tomogram = spacing.newTomogram("wbp", VolumeData.of(floats(SHAPE), SHAPE));
        float[] values = floats(2, 3, 4);
        tomogram.write(VolumeData.of(values, 2, 3, 4), VolumeOptions.defaults().levels(1));

        assertEquals(List.of("[2, 3, 4] [10.0, 10.0, 10.0]"), described(tomogram));
        assertArrayEquals(values, tomogram.volume().level(0).readFloats());
        assertEquals(List.of("[2, 3, 4] [10.0, 10.0, 10.0]"), described(reopened("wbp")));
    }

    @Test
    @Tag("statement-19")
    void namesThatPythonWouldMangleAreRefused() {
        VolumeData data = VolumeData.of(floats(2, 2, 2), 2, 2, 2);
        for (String type : new String[] {"my-features", "a_b", "", "a/b", "..", ".a", "a b"}) {
            assertThrows(InvalidNameException.class, () -> spacing.newTomogram(type, data), type);
        }
        Tomogram tomogram = spacing.newTomogram("wbp", data);
        assertThrows(InvalidNameException.class, () -> tomogram.newFeatures("a_b", data));
        for (String name : new String[] {"multilabel", "a-multilabel", "x_y"}) {
            assertThrows(
                    InvalidNameException.class,
                    () -> run.newSegmentation(
                            SegmentationId.multilabel(name).at(10).user("me").session("1"), VolumeData.zeros(2, 2, 2)));
        }
        assertThrows(
                InvalidNameException.class,
                () -> run.newSegmentation(
                        SegmentationId.multilabel("a").at(0).user("me").session("1"), VolumeData.zeros(2, 2, 2)));
    }

    @Test
    @Tag("statement-25")
    @Tag("statement-27")
    @Tag("statement-61")
    void featuresOfASharedTomogramAreCreatedInTheOverlay() {
        spacing.newTomogram("wbp", VolumeData.of(floats(SHAPE), SHAPE));
        share();
        Tomogram tomogram = spacing.tomogram("wbp");
        assertTrue(tomogram.readOnly());

        float[] values = floats(3, 4, 5, 6);
        Features features = tomogram.newFeatures("sift", VolumeData.of(values, 3, 4, 5, 6));
        assertEquals("overlay", features.layer().name());
        assertTrue(features.location().endsWith("/VoxelSpacing10.000/wbp_sift_features.zarr"), features::location);
        assertEquals(List.of("feature", "z", "y", "x"), features.volume().axes());
        assertArrayEquals(values, features.volume().level(0).readFloats());
        assertArrayEquals(
                new double[] {1, 10, 10, 10}, features.volume().level(0).scale().orElseThrow());
        assertThrows(
                AlreadyExistsException.class, () -> tomogram.newFeatures("sift", VolumeData.of(values, 3, 4, 5, 6)));
        assertEquals(List.of(features.key()), keys(tomogram));
        features.delete();
        assertEquals(List.of(), keys(tomogram));
    }

    @Test
    @Tag("statement-60")
    void whatIsSharedIsNeverChanged() {
        float[] values = floats(SHAPE);
        spacing.newTomogram("wbp", VolumeData.of(values, SHAPE));
        run.newSegmentation(SegmentationId.binary("ribo").at(10).user("me").session("1"), VolumeData.zeros(SHAPE));
        share();
        Tomogram tomogram = spacing.tomogram("wbp");
        Segmentation segmentation = run.segmentations().get(0);
        VolumeData other = VolumeData.of(floats(2, 2, 2), 2, 2, 2);

        assertThrows(ReadOnlyException.class, () -> tomogram.write(other, VolumeOptions.defaults()));
        assertThrows(ReadOnlyException.class, tomogram::delete);
        Level full = tomogram.volume().level(0);
        Region corner = Region.of(new long[3], new long[] {2, 2, 2});
        assertThrows(ReadOnlyException.class, () -> full.array().writeRegion(corner, floats(2, 2, 2)));
        assertThrows(ReadOnlyException.class, () -> segmentation.write(other, VolumeOptions.defaults()));
        assertThrows(ReadOnlyException.class, () -> segmentation.writeRegion(corner, VolumeData.zeros(2, 2, 2)));
        assertThrows(ReadOnlyException.class, segmentation::updateLevels);
        assertThrows(AlreadyExistsException.class, () -> spacing.newTomogram("wbp", other));
        assertArrayEquals(values, reopened("wbp").volume().level(0).readFloats());
        assertTrue(
                operations.stream().noneMatch(o -> switch (o.kind()) {
                    case WRITE, DELETE, DELETE_PREFIX, REPLACE_PREFIX -> true;
                    default -> false;
                }),
                () -> "nothing is written: " + operations);
    }

    @Test
    @Tag("statement-62")
    void aCopyOrAReplacementShadowsWhatIsShared() {
        float[] values = floats(SHAPE);
        spacing.newTomogram("wbp", VolumeData.of(values, SHAPE));
        share();
        Tomogram copy = spacing.tomogram("wbp").writableCopy();
        assertFalse(copy.readOnly());
        assertArrayEquals(values, copy.volume().level(0).readFloats());
        assertEquals(3, copy.volume().levels().size());
        assertEquals("overlay", spacing.tomogram("wbp").layer().name());
        copy.delete();
        assertEquals("static", spacing.tomogram("wbp").layer().name(), "the shadowed tomogram is visible again");

        float[] others = floats(2, 2, 2);
        Tomogram replacement = spacing.newTomogram(
                "wbp", VolumeData.of(others, 2, 2, 2), VolumeOptions.defaults().onExisting(OnExisting.REPLACE));
        assertArrayEquals(others, replacement.volume().level(0).readFloats());
        assertEquals("overlay", spacing.tomogram("wbp").layer().name());
    }

    @Test
    void aFailureOfTheSourceLeavesNothingOrWhatWasThere() {
        float[] values = floats(SHAPE);
        BoxSource failing = (box, into) -> {
            throw new StorageException("the source broke", new java.io.IOException("broken"));
        };
        VolumeData broken = VolumeData.of(DataType.FLOAT32, failing, SHAPE);
        assertThrows(StorageException.class, () -> spacing.newTomogram("wbp", broken));
        spacing.refresh();
        assertTrue(spacing.findTomogram("wbp").isEmpty(), "a tomogram whose creation failed does not exist");

        Tomogram tomogram = spacing.newTomogram("wbp", VolumeData.of(values, SHAPE));
        assertArrayEquals(values, tomogram.volume().level(0).readFloats(), "the name can be used for another attempt");
    }

    @Test
    void ofManyWhoCreateTheSameExactlyOneDoes() throws Exception {
        int threads = 6;
        for (int round = 0; round < 5; round++) {
            String type = "round" + round;
            CountDownLatch start = new CountDownLatch(1);
            List<Integer> won = Collections.synchronizedList(new ArrayList<>());
            List<Throwable> lost = Collections.synchronizedList(new ArrayList<>());
            List<Thread> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int mine = i;
                float[] values = new float[9 * 8 * 7];
                Arrays.fill(values, mine + 1);
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        spacing.newTomogram(type, VolumeData.of(values, SHAPE));
                        won.add(mine);
                    } catch (Exception e) {
                        lost.add(e);
                    }
                });
                thread.start();
                all.add(thread);
            }
            start.countDown();
            for (Thread thread : all) {
                thread.join();
            }
            assertEquals(1, won.size(), () -> "exactly one creates it: " + lost);
            lost.forEach(e -> assertTrue(e instanceof AlreadyExistsException, e::toString));
            for (float value : reopened(type).volume().level(0).readFloats()) {
                assertEquals(won.get(0) + 1, value, "the stored values are the winner's");
            }
        }
    }

    @Test
    @Tag("statement-47")
    @Tag("statement-50")
    @Tag("statement-88")
    void labelsGetTheSmallestTypeThatHoldsThem() {
        assertEquals(DataType.UINT8, typeFor(SegmentationType.BINARY, 0, 1, 1));
        assertEquals(DataType.UINT8, typeFor(SegmentationType.BINARY, 255, 1, 1));
        assertEquals(DataType.UINT16, typeFor(SegmentationType.BINARY, 256, 1, 1));
        assertEquals(DataType.UINT16, typeFor(SegmentationType.MULTILABEL, 300, 1, 1));
        assertEquals(DataType.UINT16, typeFor(SegmentationType.INSTANCE, 1, 1, 1));
        assertEquals(DataType.UINT32, typeFor(SegmentationType.INSTANCE, 300_000, 1, 1));
        assertEquals(DataType.UINT64, typeFor(SegmentationType.INSTANCE, (1L << 53) + 1, 1, 1));
        assertEquals(DataType.UINT64, typeFor(SegmentationType.INSTANCE, Long.MAX_VALUE, 1, 1));
        assertEquals(
                DataType.UINT8,
                segmentation(
                                SegmentationType.BINARY,
                                "ribo",
                                VolumeData.of(new float[] {0, 1}, 1, 1, 2),
                                VolumeOptions.defaults().onExisting(OnExisting.REPLACE))
                        .volume()
                        .level(0)
                        .dataType(),
                "integral floating-point values are accepted as labels");
        assertEquals(
                DataType.INT8,
                segmentation(
                                SegmentationType.BINARY,
                                "ribo",
                                VolumeData.of(new long[] {-1, 1}, 1, 1, 2),
                                VolumeOptions.defaults()
                                        .type(DataType.INT8)
                                        .anyLabels()
                                        .onExisting(OnExisting.REPLACE))
                        .volume()
                        .level(0)
                        .dataType(),
                "a requested type is used if it can hold all labels");
    }

    @Test
    @Tag("statement-50")
    @Tag("statement-88")
    void nothingWrapsOrRounds() {
        refused(SegmentationType.BINARY, VolumeData.of(new float[] {1.5f, 0}, 1, 1, 2));
        refused(SegmentationType.BINARY, VolumeData.of(new float[] {Float.NaN, 0}, 1, 1, 2));
        refused(SegmentationType.BINARY, VolumeData.of(new double[] {1e300, 0}, 1, 1, 2));
        refused(SegmentationType.BINARY, VolumeData.of(new long[] {-1, 0}, 1, 1, 2));
        assertThrows(
                InvalidDataException.class,
                () -> segmentation(
                        SegmentationType.BINARY,
                        "ribo",
                        VolumeData.of(new long[] {300, 0}, 1, 1, 2),
                        VolumeOptions.defaults().type(DataType.UINT8)));
        assertThrows(
                InvalidDataException.class,
                () -> segmentation(SegmentationType.BINARY, "ribo", VolumeData.zeros(2, 2, 2, 2)));
        assertEquals(List.of(), run.segmentations(), "nothing was written");
    }

    @Test
    @Tag("statement-47")
    void labelsHaveToBeThoseOfObjectsUnlessToldOtherwise() {
        VolumeData strange = VolumeData.of(new byte[] {1, 2, 7, 9}, 1, 2, 2);
        InvalidDataException refused = assertThrows(
                InvalidDataException.class, () -> segmentation(SegmentationType.MULTILABEL, "painting", strange));
        assertTrue(refused.toString().contains("label 9") && refused.toString().contains("[1, 2, 7, 300]"));
        segmentation(
                SegmentationType.MULTILABEL,
                "painting",
                strange,
                VolumeOptions.defaults().anyLabels());
        assertThrows(
                NotFoundException.class,
                () -> segmentation(SegmentationType.BINARY, "painting", VolumeData.zeros(1, 1, 1)));
        assertThrows(
                NotFoundException.class,
                () -> segmentation(SegmentationType.INSTANCE, "nobody", VolumeData.zeros(1, 1, 1)));
    }

    @Test
    @Tag("statement-48")
    @Tag("statement-86")
    void theSameKeyInEveryType() {
        for (SegmentationType type : SegmentationType.values()) {
            segmentation(
                    type,
                    "ribo",
                    type == SegmentationType.PANOPTIC ? VolumeData.zeros(2, 2, 2, 2) : VolumeData.zeros(2, 2, 2));
        }
        assertEquals(
                Set.of(
                        "Segmentations/10.000_me_1_ribo.zarr",
                        "Segmentations/10.000_me_1_ribo-multilabel.zarr",
                        "InstanceSegmentations/10.000_me_1_ribo.zarr",
                        "PanopticSegmentations/10.000_me_1_ribo.zarr"),
                run.segmentations().stream()
                        .map(s -> s.location().substring(s.location().indexOf("TS_001/") + 7))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    @Tag("statement-89")
    @Tag("statement-90")
    void panopticSegmentations(int format) {
        // labels 1, 300, 2 with instances 4, 0, 9
        VolumeData data = VolumeData.of(new int[] {1, 300, 2, 0, 4, 0, 9, 0}, 2, 1, 2, 2);
        VolumeOptions options = VolumeOptions.defaults()
                .format(format == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3)
                .levels(2);
        Segmentation cell = segmentation(SegmentationType.PANOPTIC, "cell", data, options);

        assertEquals(
                List.of(
                        new Segmentation.Segment("big", 0),
                        new Segmentation.Segment("mt", 9),
                        new Segmentation.Segment("ribo", 4)),
                cell.segments());
        Level full = cell.volume().level(0);
        assertEquals(DataType.UINT16, full.dataType());
        assertEquals(List.of("c", "z", "y", "x"), cell.volume().axes());
        assertArrayEquals(new double[] {1, 10, 10, 10}, full.scale().orElseThrow());
        assertEquals(
                "{copick={channels=[label, instance], segmentation_type=panoptic}}",
                cell.volume().metadata().orElseThrow().toString());
        assertArrayEquals(new long[] {2, 1, 1, 1}, cell.volume().level(1).shape(), "channels are not downsampled");
        if (format == 2) {
            assertArrayEquals(new long[] {1, 256, 256, 256}, full.array().chunkShape());
        } else {
            assertArrayEquals(
                    new long[] {2, 128, 128, 128}, full.array().shardShape().orElseThrow());
        }
        assertEquals(List.of(0L, 0L, 9L, 0L), values(cell.instanceVolume("mt")));
        assertEquals(List.of(1L, 300L, 2L, 0L), values(cell.labelVolume()));
        assertThrows(NotFoundException.class, () -> cell.instanceVolume("nobody"));
        assertThrows(UnsupportedFeatureException.class, cell::instanceIds);
    }

    @Test
    @Tag("statement-89")
    void instancesLieWhereLabelsAre() {
        VolumeData loose = VolumeData.of(new int[] {0, 1, 5, 5}, 2, 1, 1, 2);
        assertThrows(InvalidDataException.class, () -> segmentation(SegmentationType.PANOPTIC, "cell", loose));
        Segmentation cell =
                segmentation(SegmentationType.PANOPTIC, "cell", VolumeData.of(new int[] {1, 1, 0, 5}, 2, 1, 1, 2));
        Region labels = Region.of(new long[4], new long[] {1, 1, 1, 2});
        Region instances = Region.of(new long[] {1, 0, 0, 0}, new long[] {1, 1, 1, 2});

        assertThrows(
                InvalidDataException.class,
                () -> cell.writeRegion(labels, VolumeData.of(new int[] {1, 0}, 1, 1, 1, 2)),
                "the label of a voxel with an instance cannot be removed");
        assertThrows(
                InvalidDataException.class,
                () -> cell.writeRegion(labels, VolumeData.of(new int[] {1, 99}, 1, 1, 1, 2)),
                "a label that no object has is invalid");
        cell.writeRegion(instances, VolumeData.of(new int[] {6, 0}, 1, 1, 1, 2));
        cell.writeRegion(labels, VolumeData.of(new int[] {2, 0}, 1, 1, 1, 2));
        assertThrows(
                InvalidDataException.class,
                () -> cell.writeRegion(instances, VolumeData.of(new int[] {6, 1}, 1, 1, 1, 2)),
                "an instance needs a voxel with a label");
        assertEquals(List.of(new Segmentation.Segment("mt", 6)), cell.segments());
    }

    @Test
    @Tag("statement-56")
    @Tag("statement-88")
    void paintingChangesTheBoxAndTheTouchedChunksOnly() {
        VolumeOptions options = VolumeOptions.defaults()
                .format(ImageFormat.VERSION_2.withChunk(8, 8, 8))
                .levels(3)
                .type(DataType.UINT16);
        Segmentation painting =
                segmentation(SegmentationType.MULTILABEL, "painting", VolumeData.zeros(24, 24, 24), options);
        painting.volume().level(0).shape();
        Region box = Region.of(new long[] {7, 9, 10}, new long[] {2, 3, 4});
        byte[] sevens = new byte[24];
        Arrays.fill(sevens, (byte) 7);
        operations.clear();
        painting.writeRegion(box, VolumeData.of(sevens, 2, 3, 4));

        assertEquals(
                2,
                operations.stream()
                        .filter(o -> o.kind() == StoreOperation.Kind.WRITE)
                        .count());
        assertEquals(
                4,
                operations.stream()
                        .filter(o -> o.kind() != StoreOperation.Kind.INFO)
                        .count(),
                () -> "two chunks are read and written: " + operations);
        float[] all = painting.volume().level(0).readFloats();
        for (int i = 0; i < all.length; i++) {
            int z = i / 576;
            int y = i / 24 % 24;
            int x = i % 24;
            boolean inside = z >= 7 && z < 9 && y >= 9 && y < 12 && x >= 10 && x < 14;
            assertEquals(inside ? 7 : 0, all[i]);
        }
        assertThrows(
                InvalidDataException.class,
                () -> painting.writeRegion(
                        box, filled(70_000L), VolumeOptions.defaults().anyLabels()),
                "the label does not fit into the array's data type");
        assertThrows(
                InvalidDataException.class, () -> painting.writeRegion(box, filled(5L)), "no object has the label 5");
        painting.writeRegion(box, filled(5L), VolumeOptions.defaults().anyLabels());
        assertThrows(
                IllegalArgumentException.class,
                () -> painting.writeRegion(box, VolumeData.zeros(2, 2, 2)),
                "another shape");
        assertEquals(0, sum(painting.volume().level(1)), "other levels are only updated on request");
    }

    private static VolumeData filled(long label) {
        long[] labels = new long[24];
        Arrays.fill(labels, label);
        return VolumeData.of(labels, 2, 3, 4);
    }

    @ParameterizedTest
    @CsvSource({"24,24,24,2", "13,11,9,2", "5,7,3,2", "24,17,9,3", "1,1,1,2", "33,40,70,3"})
    @Tag("statement-54")
    void levelsAreBroughtUpToDate(int z, int y, int x, int format) {
        Random random = new Random(z * 31L + y * 7L + x);
        byte[] labels = new byte[z * y * x];
        VolumeOptions options = VolumeOptions.defaults()
                .format((format == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(8, 8, 8))
                .levels(4);
        Segmentation painting =
                segmentation(SegmentationType.MULTILABEL, "painting", VolumeData.of(labels, z, y, x), options);
        for (int i = 0; i < 8; i++) {
            long[] start = {random.nextInt(z), random.nextInt(y), random.nextInt(x)};
            long[] length = {
                random.nextInt(1, (int) (z - start[0]) + 1),
                random.nextInt(1, (int) (y - start[1]) + 1),
                random.nextInt(1, (int) (x - start[2]) + 1)
            };
            byte[] box = new byte[(int) (length[0] * length[1] * length[2])];
            for (int k = 0; k < box.length; k++) {
                box[k] = new byte[] {0, 1, 2, 7}[random.nextInt(4)];
            }
            Region region = Region.of(start, length);
            painting.writeRegion(region, VolumeData.of(box, length));
            painting.updateLevels(region);

            byte[] now = new byte[labels.length];
            painting.volume().level(0).array().read(Region.all(new long[] {z, y, x}), now);
            Segmentation anew = segmentation(
                    SegmentationType.MULTILABEL,
                    "anew",
                    VolumeData.of(now, z, y, x),
                    options.onExisting(OnExisting.REPLACE));
            for (int level = 1; level < 4; level++) {
                assertArrayEquals(
                        anew.volume().level(level).readFloats(),
                        painting.volume().level(level).readFloats(),
                        "level " + level + " after " + region);
            }
        }
        painting.updateLevels();
    }

    @Test
    @Tag("statement-58")
    void densityMaps() {
        PickableObject ribo = root.object("ribo");
        float[] values = floats(3, 3, 3);
        ribo.newDensityMap(VolumeData.of(values, 3, 3, 3), 2.5, VolumeOptions.defaults());
        assertArrayEquals(values, ribo.densityMap().level(0).readFloats());
        assertArrayEquals(
                new double[] {2.5, 2.5, 2.5}, ribo.densityMap().level(0).scale().orElseThrow());
        assertEquals(1, ribo.densityMap().levels().size());
        assertThrows(
                AlreadyExistsException.class,
                () -> ribo.newDensityMap(VolumeData.of(values, 3, 3, 3), 2.5, VolumeOptions.defaults()));
        assertThrows(
                UnsupportedFeatureException.class,
                () -> root.object("membrane")
                        .newDensityMap(VolumeData.of(values, 3, 3, 3), 2.5, VolumeOptions.defaults()));
        share();
        PickableObject shared = root.object("ribo");
        assertTrue(shared.readOnly());
        assertThrows(ReadOnlyException.class, shared::deleteDensityMap);
        float[] others = floats(2, 2, 2);
        shared.newDensityMap(
                VolumeData.of(others, 2, 2, 2), 5, VolumeOptions.defaults().onExisting(OnExisting.REPLACE));
        assertFalse(shared.readOnly());
        assertArrayEquals(others, shared.densityMap().level(0).readFloats());
        shared.deleteDensityMap();
        assertArrayEquals(values, shared.densityMap().level(0).readFloats());
    }

    @ParameterizedTest
    @CsvSource({"2,3", "3,2", "2,2", "3,3"})
    void volumesAreTranscoded(int from, int to) {
        float[] values = floats(20, 19, 18);
        Tomogram tomogram = spacing.newTomogram(
                "wbp",
                VolumeData.of(values, 20, 19, 18),
                VolumeOptions.defaults()
                        .format((from == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(8, 8, 8)));
        EntityKey key = new EntityKey.Tomogram("TS_001", new VoxelSize(10), "copied");
        Tomogram copied = (Tomogram) root.copy(
                tomogram,
                key,
                CopyOptions.transcoded((to == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3).withChunk(16, 4, 8)));

        assertEquals(to, copied.volume().zarrFormat().orElseThrow());
        assertEquals(described(tomogram), described(copied));
        for (int level = 0; level < 3; level++) {
            assertArrayEquals(
                    tomogram.volume().level(level).readFloats(),
                    copied.volume().level(level).readFloats());
        }
        assertThrows(AlreadyExistsException.class, () -> root.copy(tomogram, key, CopyOptions.asStored()));
        assertThrows(
                InvalidNameException.class,
                () -> root.copy(copied, key, CopyOptions.asStored().onExisting(OnExisting.REPLACE)));
        root.copy(tomogram, key, CopyOptions.asStored().onExisting(OnExisting.REPLACE));
        assertEquals(from, spacing.tomogram("copied").volume().zarrFormat().orElseThrow());
        assertThrows(
                InvalidNameException.class,
                () -> root.copy(
                        tomogram,
                        new EntityKey.Tomogram("TS_001", new VoxelSize(10), "my_type"),
                        CopyOptions.asStored()));
    }

    private Segmentation segmentation(SegmentationType type, String name, VolumeData data) {
        return segmentation(type, name, data, VolumeOptions.defaults());
    }

    private Segmentation segmentation(SegmentationType type, String name, VolumeData data, VolumeOptions options) {
        return run.newSegmentation(
                SegmentationId.of(type, name).at(10).user("me").session("1"), data, options);
    }

    private DataType typeFor(SegmentationType type, long... labels) {
        return segmentation(
                        type,
                        "ribo",
                        VolumeData.of(new long[] {labels[0], 0}, labels[1], labels[2], 2),
                        VolumeOptions.defaults().anyLabels().onExisting(OnExisting.REPLACE))
                .volume()
                .level(0)
                .dataType();
    }

    private void refused(SegmentationType type, VolumeData data) {
        assertThrows(InvalidDataException.class, () -> segmentation(type, "ribo", data));
    }

    private Tomogram reopened(String type) {
        return context.open(root.config(), null).run("TS_001").voxelSpacing(10).tomogram(type);
    }

    private static List<EntityKey> keys(Tomogram tomogram) {
        List<EntityKey> keys = new ArrayList<>();
        tomogram.features().forEach(features -> keys.add(features.key()));
        return keys;
    }

    private static List<String> described(Tomogram tomogram) {
        return tomogram.volume().levels().stream()
                .map(level -> Arrays.toString(level.shape()) + " "
                        + Optional.of(level.scale().orElseThrow())
                                .map(Arrays::toString)
                                .orElseThrow())
                .toList();
    }

    private static List<Long> values(VolumeData data) {
        long[] shape = data.shape();
        int size = (int) (shape[0] * shape[1] * shape[2]);
        ByteBuffer bytes = ByteBuffer.allocate(size * data.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        data.source().read(Region.all(shape), bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        var numbers = new Numbers(data.type(), bytes);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(numbers.whole(i));
        }
        return values;
    }

    private static double sum(Level level) {
        double sum = 0;
        for (float value : level.readFloats()) {
            sum += value;
        }
        return sum;
    }

    private static float[] floats(long... shape) {
        Random random = new Random(shape.length);
        float[] values = new float[(int) Region.all(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static short[] shorts(long... shape) {
        Random random = new Random(shape.length);
        short[] values = new short[(int) Region.all(shape).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) random.nextInt();
        }
        return values;
    }
}
