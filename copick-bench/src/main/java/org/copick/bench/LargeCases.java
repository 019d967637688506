package org.copick.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.copick.CopickContext;
import org.copick.bench.Clock.Result;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrNode;

/** Cases that write and read a level larger than the heap, box by box. */
final class LargeCases {
    private static final double VOXEL_SIZE = 10;

    private final Spec spec;
    private final Clock clock;

    LargeCases(Spec spec, Clock clock) {
        this.spec = spec;
        this.clock = clock;
    }

    /** Fills the array of the dataset, or writes one in copick's format if there is none. */
    void write() throws IOException {
        long[] shape = numbers(spec.info().path("shape"));
        clock.time(
                (context, nothing) -> {
                    ObjectStore store = context.store(spec.path("tomogram_path").toString());
                    Optional<ZarrNode> found = context.zarr().open(store, "0");
                    if (found.isPresent()) {
                        fill((ZarrArray) found.get());
                    } else {
                        create(context, store, shape);
                    }
                    return true;
                },
                Result.of(done -> null, Float.BYTES * Region.all(shape).size()));
    }

    private static void create(CopickContext context, ObjectStore store, long[] shape) {
        context.zarr()
                .write(
                        new StorePlace(store, ""),
                        WriteCondition.ANY,
                        ImageSpec.tomogram(shape, DataType.FLOAT32, VOXEL_SIZE, 1),
                        ImageFormat.VERSION_3,
                        new Noise());
    }

    private void fill(ZarrArray array) {
        List<Region> slabs = boxes("large.slabs");
        ByteBuffer elements = ByteBuffer.allocate(bytes(slabs.get(0).size())).order(ByteOrder.LITTLE_ENDIAN);
        Noise noise = new Noise();
        for (Region slab : slabs) {
            noise.read(slab, elements);
            array.writeRegion(slab, elements);
        }
    }

    /** Opens the array and reads boxes one after another, into new arrays or into one. */
    void read() throws IOException {
        List<Region> boxes = boxes(spec.name());
        long most = boxes.stream().mapToLong(Region::size).max().orElseThrow();
        float[] reused = new float[spec.peer().contains("reuse") ? Math.toIntExact(most) : 0];
        clock.time(
                (context, nothing) -> {
                    ZarrArray array = Opening.tomogram(spec, context, 0);
                    CRC32 crc = new CRC32();
                    for (Region box : boxes) {
                        float[] elements = reused;
                        if (reused.length == 0) {
                            elements = array.readFloats(box);
                        } else {
                            array.read(box, reused);
                        }
                        check(crc, elements, Math.toIntExact(box.size()));
                    }
                    return crc;
                },
                Result.of(Checks::text, boxes.stream().mapToLong(Region::size).sum() * Float.BYTES));
    }

    private void check(CRC32 crc, float[] elements, int length) {
        clock.pause(() -> Checks.update(crc, elements, length));
    }

    private List<Region> boxes(String name) {
        List<Region> boxes = new ArrayList<>();
        for (JsonNode box : spec.info().path("boxes").path(name)) {
            boxes.add(Region.of(numbers(box.path(0)), numbers(box.path(1))));
        }
        return boxes;
    }

    private static int bytes(long elements) {
        return Math.toIntExact(Float.BYTES * elements);
    }

    private static long[] numbers(JsonNode list) {
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.path(i).asLong();
        }
        return numbers;
    }
}
