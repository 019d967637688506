package org.copick.tests.zarr;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.copick.CopickContext;
import org.copick.error.CopickException;
import org.copick.storage.ObjectInfo;
import org.copick.storage.ObjectStore;
import org.copick.storage.StoreCapability;
import org.copick.storage.StorePlace;
import org.copick.storage.StoredObject;
import org.copick.storage.Version;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;

/** A process with a small heap that reads and writes large chunks and prints the outcomes. */
final class SmallHeapProcess {
    private static final int MB = 1 << 20;
    private static final long[] SMALL = {16, 64, 64};

    private SmallHeapProcess() {}

    /** The tasks of the process. */
    enum Task {
        BLOCKS_OF_A_CHUNK(""),
        BLOCKS_OF_A_CHUNK_NEARBY(""),
        A_FITTING_CHUNK(""),
        CHUNKS_ONE_BY_ONE(""),
        CHUNKS_ONE_BY_ONE_IN_SHARDS(""),
        A_SHARD_WHOSE_INDEX_COMES_FIRST(""),
        A_CHUNK_TOO_LARGE("62914560"),
        A_CHUNK_TOO_LARGE_WITH_WHAT_IS_PACKED("47185920"),
        A_BLOCK_TOO_LARGE("62914560"),
        A_BOX_OF_A_CHUNK_TOO_LARGE("67108864"),
        AN_IMAGE_OF_CHUNKS_TOO_LARGE("32000000");

        final boolean fits;
        /** The size in the message if the chunk does not fit. */
        final String bytes;

        Task(String bytes) {
            this.bytes = bytes;
            this.fits = bytes.isEmpty();
        }
    }

    /** Prints a line for each task. */
    public static void main(String[] arguments) throws IOException {
        for (Task task : Task.values()) {
            String outcome = "ok";
            try (CopickContext context = CopickContext.builder().build()) {
                run(task, context);
            } catch (CopickException | Error e) {
                outcome = e.getClass().getSimpleName() + " " + e.getMessage();
            }
            System.out.println(task + ": " + outcome);
        }
    }

    private static void run(Task task, CopickContext context) throws IOException {
        MemoryStore store = new MemoryStore();
        switch (task) {
            case BLOCKS_OF_A_CHUNK -> readSmall(context, written(store, ImageFormat.VERSION_2), false);
            case BLOCKS_OF_A_CHUNK_NEARBY -> readSmall(context, written(store, ImageFormat.VERSION_2), true);
            case A_FITTING_CHUNK -> readSmall(context, written(store, ImageFormat.VERSION_2.fitting()), false);
            case CHUNKS_ONE_BY_ONE -> readPlane(context, store, 30, false);
            case CHUNKS_ONE_BY_ONE_IN_SHARDS -> readPlane(context, store, 30, true);
            case A_SHARD_WHOSE_INDEX_COMES_FIRST -> writeShard(context, store);
            case A_CHUNK_TOO_LARGE -> readPlane(context, store, 60, false);
            case A_CHUNK_TOO_LARGE_WITH_WHAT_IS_PACKED -> {
                array2(store, 45, "{\"id\":\"zstd\"}");
                plane(context, new UnpackableStore(store, 45), 45);
            }
            case A_BLOCK_TOO_LARGE -> {
                array2(store, 60, "{\"id\":\"blosc\"}");
                store.write("0.0.0", oneBlock(60), WriteCondition.ANY);
                plane(context, store, 60);
            }
            case A_BOX_OF_A_CHUNK_TOO_LARGE -> {
                ZarrArray array = open(context, written(store, ImageFormat.VERSION_2), "image/0");
                array.writeRegion(Region.of(new long[3], new long[] {1, 1, 1}), new float[1]);
            }
            case AN_IMAGE_OF_CHUNKS_TOO_LARGE -> {
                long[] shape = {400, 400, 400};
                context.zarr()
                        .write(
                                new StorePlace(store, "image/"),
                                WriteCondition.ANY,
                                ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 3),
                                ImageFormat.VERSION_2.withChunk(200, 200, 200),
                                (box, into) -> {
                                    throw new IllegalStateException(
                                            "the volume must be refused before any data is read");
                                });
            }
        }
    }

    private static MemoryStore written(MemoryStore store, ImageFormat format) {
        float[] values = new float[16 * 64 * 64];
        values[5] = 5;
        ImageWriter.write(
                new StorePlace(store, "image/"),
                WriteCondition.ANY,
                ImageSpec.tomogram(SMALL, DataType.FLOAT32, 10, 1),
                format,
                BoxSource.of(values, SMALL));
        return store;
    }

    private static void readSmall(CopickContext context, MemoryStore contents, boolean nearby) {
        ObjectStore store = new InterceptingStore(contents) {
            @Override
            public Set<StoreCapability> capabilities() {
                return nearby ? EnumSet.of(StoreCapability.NEARBY) : EnumSet.noneOf(StoreCapability.class);
            }

            @Override
            protected <T> T call(StoreCall call, Supplier<T> operation) {
                return operation.get();
            }
        };
        ZarrArray array = open(context, store, "image/0");
        float[] all = array.readFloats(Region.all(SMALL));
        float[] plane = array.readFloats(Region.of(new long[3], new long[] {1, 64, 64}));
        if (all[5] != 5 || plane[5] != 5) {
            throw new IllegalStateException("the values that were read differ from the written ones");
        }
    }

    private static void readPlane(CopickContext context, MemoryStore store, int mb, boolean shards) throws IOException {
        byte[] chunk = zstd(mb);
        if (!shards) {
            array2(store, mb, "{\"id\":\"zstd\"}");
            for (int i = 0; i < 4; i++) {
                store.write(i + ".0.0", chunk, WriteCondition.ANY);
            }
        } else {
            String codecs = "[{\"name\":\"bytes\"},{\"name\":\"zstd\"}]";
            String shape = "[" + mb + ",1024,1024]";
            store.write(
                    "zarr.json",
                    ("{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[" + 4 * mb
                                    + ",1024,1024],\"data_type\":\"uint8\",\"fill_value\":0,\"chunk_grid\":{\"name\":\"regular\","
                                    + "\"configuration\":{\"chunk_shape\":" + shape
                                    + "}},\"chunk_key_encoding\":{\"name\":"
                                    + "\"default\"},\"codecs\":[{\"name\":\"sharding_indexed\",\"configuration\":{\"chunk_shape\":"
                                    + shape + ",\"codecs\":" + codecs + ",\"index_codecs\":[{\"name\":\"bytes\"}]}}]}")
                            .getBytes(StandardCharsets.UTF_8),
                    WriteCondition.ANY);
            byte[] shard = ByteBuffer.allocate(chunk.length + 16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(chunk)
                    .putLong(0)
                    .putLong(chunk.length)
                    .array();
            for (int i = 0; i < 4; i++) {
                store.write("c/" + i + "/0/0", shard, WriteCondition.ANY);
            }
        }
        plane(context, store, mb);
    }

    /** Writes a shard that takes more memory than is collected, and reads it. */
    private static void writeShard(CopickContext context, MemoryStore store) {
        String regular = "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[12,1024,1024]}}";
        String text = "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[12,1024,1024],\"data_type\":\"uint8\","
                + "\"fill_value\":0," + regular + ",\"chunk_key_encoding\":{\"name\":\"default\"},\"codecs\":"
                + "[{\"name\":\"sharding_indexed\",\"configuration\":{\"chunk_shape\":[1,1024,1024],"
                + "\"index_location\":\"start\",\"codecs\":[{\"name\":\"bytes\"}]}}]}";
        store.write("zarr.json", text.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        ZarrArray array = open(context, store, "");
        Region all = Region.all(array.shape());
        byte[] written = new byte[12 * MB];
        new Random(1).nextBytes(written);
        array.writeRegion(all, ByteBuffer.wrap(written));
        byte[] read = new byte[written.length];
        array.readBytes(all, read);
        if (!Arrays.equals(written, read)) {
            throw new IllegalStateException("the shard that was read differs from the written one");
        }
    }

    private static void plane(CopickContext context, ObjectStore store, int mb) {
        ZarrArray array = open(context, store, "");
        byte[] into = new byte[4 * mb * 1024];
        for (int i = 0; i < 3; i++) {
            array.readBytes(Region.of(new long[] {0, i, 0}, new long[] {4L * mb, 1, 1024}), into);
        }
    }

    private static ZarrArray open(CopickContext context, ObjectStore store, String path) {
        return (ZarrArray) context.zarr().open(store, path).orElseThrow();
    }

    private static void array2(MemoryStore store, int mb, String compressor) {
        String text = "{\"zarr_format\":2,\"shape\":[" + 4 * mb + ",1024,1024],\"chunks\":[" + mb
                + ",1024,1024],\"dtype\":\"|u1\",\"compressor\":" + compressor
                + ",\"filters\":null,\"fill_value\":0,\"order\":\"C\"}";
        store.write(".zarray", text.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    /** Returns this many MB of zeros, compressed without holding them in memory. */
    private static byte[] zstd(int mb) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
            for (int i = 0; i < mb; i++) {
                out.write(new byte[MB]);
            }
        }
        return packed.toByteArray();
    }

    /** Returns a Blosc container of zeros in a single block. */
    private static byte[] oneBlock(int mb) throws IOException {
        byte[] stream = zstd(mb);
        int zstdNotSplit = 4 << 5 | 16;
        return ByteBuffer.allocate(24 + stream.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {2, 1, (byte) zstdNotSplit, 1})
                .putInt(mb * MB)
                .putInt(mb * MB)
                .putInt(24 + stream.length)
                .putInt(20)
                .putInt(stream.length)
                .put(stream)
                .array();
    }

    /** Generates a chunk while it is read; its zstd blocks are as long as their content. */
    private static final class UnpackableStore extends InterceptingStore {
        private static final int BLOCK = 1 << 17;

        private final int mb;

        UnpackableStore(ObjectStore store, int mb) {
            super(store);
            this.mb = mb;
        }

        @Override
        protected <T> T call(StoreCall call, Supplier<T> operation) {
            return operation.get();
        }

        @Override
        public Optional<StoredObject> read(String key) {
            if (!key.endsWith("0.0")) {
                return super.read(key);
            }
            int blocks = mb * MB / BLOCK;
            ByteBuffer frame = ByteBuffer.allocate(9 + blocks * (3 + BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
            frame.putInt(0xfd2fb528).put((byte) 0xa0).putInt(mb * MB);
            for (int i = 1; i <= blocks; i++) {
                int header = BLOCK << 3 | (i == blocks ? 1 : 0);
                frame.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16));
                frame.position(frame.position() + BLOCK);
            }
            return Optional.of(
                    new StoredObject(new ObjectInfo(key, frame.capacity(), new Version("1")), frame.array()));
        }
    }
}
