package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.imglib2.type.numeric.real.FloatType;
import org.copick.CopickContext;
import org.copick.Root;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.bench.Clock.Result;
import org.copick.imglib2.CopickImages;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** Cases that read and write whole levels, planes and boxes of tomograms and segmentations. */
final class ArrayCases {
    private static final int BOX = 64;
    private static final double MILLIS = 1e3;

    private final Spec spec;
    private final Clock clock;
    private final int size;

    ArrayCases(Spec spec, Clock clock) {
        this.spec = spec;
        this.clock = clock;
        this.size = spec.info().path("size").asInt();
    }

    /** Reads a level of an array that is already open. */
    void fullTomogram(int level) throws IOException {
        int elements = (size >> level) * (size >> level) * (size >> level);
        if (spec.peer().contains("reuse")) {
            intoOne(level, new float[elements], ZarrArray::read);
        } else if (spec.peer().contains("direct")) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, elements));
            intoOne(level, bytes.order(ByteOrder.LITTLE_ENDIAN), ZarrArray::readElements);
        } else {
            clock.time(
                    context -> Opening.reader(spec, context, level),
                    (context, array) -> array.floats(Region.all(array.shape())),
                    Result.of(read -> Checks.crc(List.of(read)), 4L * elements));
        }
    }

    private interface ReadInto<T> {
        void read(ZarrArray array, Region region, T target);
    }

    /** Reads a level into memory that every repeat uses. */
    private <T> void intoOne(int level, T target, ReadInto<T> into) throws IOException {
        long length = size >> level;
        clock.time(
                context -> Opening.tomogram(spec, context, level),
                (context, array) -> {
                    into.read(array, Region.all(array.shape()), target);
                    return target;
                },
                Result.of(read -> Checks.crc(List.of(read)), 4 * length * length * length));
    }

    /** Adds up the bits of all elements of a cached level with a cursor, or reads them into a new array. */
    void passOver(int level) throws IOException {
        long bytes = 4L * (size >> level) * (size >> level) * (size >> level);
        if (!spec.peer().contains("imglib2")) {
            clock.time(
                    context -> Opening.reader(spec, context, level),
                    (context, array) -> array.floats(Region.all(array.shape())),
                    Result.of(Checks::sumOfBits, bytes));
            return;
        }
        clock.time(
                context -> CopickImages.open(Opening.tomogram(spec, context, level)),
                (context, image) -> {
                    long sum = 0;
                    for (Object element : image) {
                        sum += Float.floatToIntBits(((FloatType) element).get());
                    }
                    return sum;
                },
                Result.of(sum -> "bits:" + sum, bytes));
    }

    void fullSegmentation() throws IOException {
        clock.time(
                context -> Opening.segmentationReader(spec, context),
                (context, array) -> array.labels(Region.all(array.shape())),
                Result.of(result -> Checks.crc(List.of(result)), (long) size * size * size));
    }

    /** Opens everything and reads a whole level. */
    void coldFull(int level) throws IOException {
        clock.time(
                (context, nothing) -> {
                    Reader array = Opening.reader(spec, context, level);
                    return array.floats(Region.all(array.shape()));
                },
                Result.of(
                        result -> Checks.crc(List.of(result)),
                        4L * (size >> level) * (size >> level) * (size >> level)));
    }

    void coldFullSegmentation() throws IOException {
        clock.time(
                (context, nothing) -> {
                    Reader array = Opening.segmentationReader(spec, context);
                    return array.labels(Region.all(array.shape()));
                },
                Result.of(result -> Checks.crc(List.of(result)), (long) size * size * size));
    }

    /** Opens everything and reads one plane. */
    void coldPlane(int axis) throws IOException {
        // y has the index of x in the data
        long index = spec.cases().path(axis == 0 ? "z_slice" : "x_slice").asLong();
        clock.time(
                (context, nothing) -> {
                    Reader array = Opening.reader(spec, context, 0);
                    return array.floats(Region.plane(array.shape(), axis, index));
                },
                Result.of(result -> Checks.crc(List.of(result)), 4L * size * size));
    }

    void coldSegmentationPlane() throws IOException {
        long index = spec.cases().path("z_slice").asLong();
        clock.time(
                (context, nothing) -> {
                    Reader array = Opening.segmentationReader(spec, context);
                    return array.labels(Region.plane(array.shape(), 0, index));
                },
                Result.of(result -> Checks.crc(List.of(result)), (long) size * size));
    }

    void scroll(int planes) throws IOException {
        long first = spec.cases().path("scroll").path("first").asLong();
        List<Region> boxes = new ArrayList<>();
        for (int i = 0; i < planes; i++) {
            boxes.add(Region.plane(new long[] {size, size, size}, 0, first + i));
        }
        boxes(boxes, 4L * planes * size * size);
    }

    void subvolumes() throws IOException {
        List<Region> boxes = new ArrayList<>();
        for (JsonNode origin : spec.cases().path("subvolume_origins")) {
            long[] start = {
                origin.path(0).asLong(), origin.path(1).asLong(), origin.path(2).asLong()
            };
            boxes.add(Region.of(start, new long[] {BOX, BOX, BOX}));
        }
        boxes(boxes, 4L * boxes.size() * BOX * BOX * BOX);
    }

    @SuppressWarnings("ArrayRecordComponent") // a pair, never compared
    private record Seen(List<float[]> parts, long[] nanos) {
        String note() {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return String.format(
                    Locale.ROOT,
                    "per read: median %.2f ms, max %.2f ms",
                    sorted[sorted.length / 2] / MILLIS / MILLIS,
                    sorted[sorted.length - 1] / MILLIS / MILLIS);
        }
    }

    private void boxes(List<Region> boxes, long bytes) throws IOException {
        clock.time(
                (context, nothing) -> {
                    Reader array = Opening.reader(spec, context, 0);
                    List<float[]> parts = new ArrayList<>();
                    long[] nanos = new long[boxes.size()];
                    for (int i = 0; i < nanos.length; i++) {
                        long begin = System.nanoTime();
                        parts.add(array.floats(boxes.get(i)));
                        nanos[i] = System.nanoTime() - begin;
                    }
                    return new Seen(parts, nanos);
                },
                new Result<>(seen -> Checks.crc(seen.parts), seen -> bytes, Seen::note, seen -> {}));
    }

    private record Target(Path folder, Root root) {}

    private Target target(CopickContext context) throws IOException {
        Path folder = Files.createTempDirectory(spec.scratch(), "written");
        Root root = Opening.scratch(spec, context, folder);
        root.newRun("w").newVoxelSpacing(spec.info().path("voxel_size").asDouble());
        return new Target(folder, root);
    }

    private static Result<Path> written(long bytes) {
        return new Result<>(Checks::bytes, folder -> bytes, folder -> null, Checks::delete);
    }

    private VolumeOptions format() {
        return VolumeOptions.defaults()
                .format(spec.dataset().startsWith("v2") ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3);
    }

    void writeTomogram() throws IOException {
        float[] elements = source();
        clock.time(
                this::target,
                (context, target) -> {
                    target.root
                            .run("w")
                            .voxelSpacing(spec.info().path("voxel_size").asDouble())
                            .newTomogram("wbp", VolumeData.of(elements, size, size, size), format());
                    return target.folder;
                },
                written(4L * size * size * size));
    }

    /** Writes level 0 only, without a project, with the chunks and codec of the dataset. */
    void writeLevel() throws IOException {
        float[] elements = source();
        long[] shape = {size, size, size};
        clock.time(
                context -> Files.createTempDirectory(spec.scratch(), "written"),
                (context, folder) -> {
                    try (var store = context.store(folder.toString())) {
                        context.zarr()
                                .write(
                                        new StorePlace(store, "array/"),
                                        WriteCondition.ANY,
                                        ImageSpec.tomogram(shape, DataType.FLOAT32, 1, 1),
                                        ImageFormat.VERSION_2,
                                        BoxSource.of(elements, shape));
                    }
                    return folder;
                },
                written(4L * size * size * size));
    }

    void writeSegmentation() throws IOException {
        byte[] elements;
        try (CopickContext context = Opening.context(spec)) {
            Reader array = Opening.segmentationReader(spec, context);
            elements = array.labels(Region.all(array.shape()));
        }
        JsonNode key = spec.info().path("segmentation");
        clock.time(
                this::target,
                (context, target) -> {
                    target.root
                            .run("w")
                            .newSegmentation(
                                    SegmentationId.multilabel(key.path("name").asText())
                                            .at(spec.info().path("voxel_size").asDouble())
                                            .user(key.path("user_id").asText())
                                            .session(key.path("session_id").asText()),
                                    VolumeData.of(elements, size, size, size),
                                    format().anyLabels());
                    return target.folder;
                },
                written((long) size * size * size));
    }

    private float[] source() throws IOException {
        try (CopickContext context = Opening.context(spec)) {
            Reader array = Opening.reader(spec, context, 0);
            return array.floats(Region.all(array.shape()));
        }
    }
}
