package org.copick.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.copick.CopickContext;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;

/**
 * A program that writes images of random shapes, types and chunks, and rewrites regions of them.
 *
 * <p>The checks with real Python use it. Arguments: a folder, the Zarr version, a seed and the number of images; or a
 * folder of arrays that Python wrote, {@code regions} and a seed, to rewrite regions of these arrays with any codecs.
 */
final class RandomImages {
    private static final List<DataType> TYPES = List.of(DataType.values());

    private RandomImages() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[1].equals("regions")) {
            changeAll(arguments[0], new Random(Long.parseLong(arguments[2])));
            return;
        }
        int format = Integer.parseInt(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        try (CopickContext context = CopickContext.builder().build()) {
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                try (ObjectStore store = context.store(arguments[0] + "/image-" + i)) {
                    write(store, format, random);
                    change(context, store, random);
                }
            }
        }
    }

    private static void changeAll(String folder, Random random) throws IOException {
        int changed = 0;
        int refused = 0;
        try (CopickContext context = CopickContext.builder().build();
                ObjectStore store = context.store(folder)) {
            for (JsonNode array : new ObjectMapper()
                    .readTree(store.read("manifest.json").orElseThrow().bytes())
                    .path("arrays")) {
                String path = array.path("path").textValue();
                try {
                    change((ZarrArray) context.zarr().open(store, path).orElseThrow(), random);
                    changed++;
                } catch (UnsupportedFeatureException e) {
                    refused++;
                }
            }
        }
        System.out.println("regions of " + changed + " arrays rewritten, " + refused + " refused");
    }

    private static void write(ObjectStore store, int format, Random random) {
        boolean leading = random.nextInt(4) == 0;
        long[] shape = new long[leading ? 4 : 3];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = leading && i == 0 ? random.nextInt(1, 4) : random.nextInt(1, 40);
        }
        DataType type = TYPES.get(random.nextInt(TYPES.size()));
        boolean labels = random.nextBoolean();
        ImageSpec spec = new ImageSpec(
                shape,
                type,
                random.nextInt(1, 30) + random.nextInt(1000) / 1000.0,
                random.nextInt(1, 4),
                labels ? Downscaling.NEAREST : Downscaling.MEAN,
                leading
                        ? Optional.of(new Multiscale.Axis("c", Optional.of("channel"), Optional.empty()))
                        : Optional.empty(),
                random.nextBoolean(),
                Map.of());
        ImageFormat layout = new ImageFormat(
                format, new int[] {2 * random.nextInt(1, 16), 2 * random.nextInt(1, 16), 2 * random.nextInt(1, 24)});
        ImageWriter.write(
                new StorePlace(store, ""),
                WriteCondition.ANY,
                spec,
                layout,
                values(type, random.nextInt(3), random.nextLong()));
    }

    /** Returns zeros, small numbers or any numbers, which only depend on seed and position. */
    private static BoxSource values(DataType type, int kind, long seed) {
        return (box, into) -> {
            ByteBuffer out = into.slice().order(ByteOrder.LITTLE_ENDIAN);
            long[] start = new long[box.rank()];
            for (int i = 0; i < start.length; i++) {
                start[i] = box.start(i);
            }
            Random random = new Random(seed ^ Arrays.hashCode(start));
            for (int i = 0; i < box.size(); i++) {
                int number = kind == 0 ? 0 : kind == 1 ? random.nextInt(4) : random.nextInt();
                switch (type) {
                    case BOOL -> out.put(i, (byte) (number & 1));
                    case INT8, UINT8 -> out.put(i, (byte) number);
                    case INT16, UINT16 -> out.putShort(2 * i, (short) number);
                    // bits of positive finite half-precision numbers
                    case FLOAT16 -> out.putShort(2 * i, (short) (number & 0x3fff));
                    case INT32, UINT32 -> out.putInt(4 * i, number);
                    case FLOAT32 -> out.putFloat(4 * i, number / 7f);
                    case INT64, UINT64 -> out.putLong(8 * i, number);
                    case FLOAT64 -> out.putDouble(8 * i, number / 7.0);
                }
            }
        };
    }

    /** Replaces a box of the full resolution by the values of another box. */
    private static void change(CopickContext context, ObjectStore store, Random random) {
        ZarrGroup group = (ZarrGroup) context.zarr().open(store, "").orElseThrow();
        change((ZarrArray) group.member("0").orElseThrow(), random);
    }

    private static void change(ZarrArray array, Random random) {
        long[] shape = array.shape();
        if (Arrays.stream(shape).anyMatch(length -> length == 0)) {
            return;
        }
        long[] from = new long[shape.length];
        long[] to = new long[shape.length];
        long[] size = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            size[i] = random.nextLong(shape[i]) + 1;
            from[i] = random.nextLong(shape[i] - size[i] + 1);
            to[i] = random.nextLong(shape[i] - size[i] + 1);
        }
        Region box = Region.of(from, size);
        byte[] values = new byte[(int) box.size() * array.dataType().bytes()];
        array.readBytes(box, values);
        array.writeRegion(Region.of(to, size), ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN));
    }
}
