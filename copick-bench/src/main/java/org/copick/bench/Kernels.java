package org.copick.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.copick.CopickContext;
import org.copick.mesh.Geometry;
import org.copick.mesh.MeshScene;
import org.copick.picks.PicksDocument;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.codec.BloscBlocks;
import org.copick.zarr.codec.BloscPacker;
import org.copick.zarr.codec.CodecException;
import org.copick.zarr.codec.Slice;
import org.copick.zarr.codec.Unpacked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Benchmarks of the most expensive kernels, each alone and in one thread; run by {@code copick-bench/kernels}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Kernels {
    private static final int ELEMENTS = 128 << 10;
    private static final int EDGE = 128;
    private static final int POINTS = 10_000;
    private static final int GRID = 300;
    private static final long SEED = 1;

    private final byte[] elements = new byte[4 * ELEMENTS];
    private final byte[] room = new byte[4 * ELEMENTS];
    private final float[] floats = new float[ELEMENTS];
    private final float[] box = new float[64 * 64 * 64];
    private Path folder = Path.of("");
    private CopickContext context = CopickContext.builder().build();
    private byte[] packed = {};
    private byte[] picks = {};
    private byte[] glb = {};
    private ZarrArray array = unset();
    private PicksDocument document = PicksDocument.empty("ribosome", "tool", "0", "run");

    @SuppressWarnings("NullAway") // set before anything runs
    private static ZarrArray unset() {
        return null;
    }

    /** Creates the inputs of the kernels. */
    @Setup
    public void prepare() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < floats.length; i++) {
            floats[i] = 10 + (float) random.nextGaussian();
        }
        ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(floats);
        packed = BloscPacker.pack(elements, Float.BYTES);
        double[] positions = random.doubles(3L * POINTS, 0, 5000).toArray();
        document = document.withPoints(positions);
        picks = document.toJson();
        glb = MeshScene.of(sheet()).toGlb();
        folder = Files.createTempDirectory("copick-kernels");
        long[] shape = {EDGE, EDGE, EDGE};
        float[] volume = new float[EDGE * EDGE * EDGE];
        for (int i = 0; i < volume.length; i++) {
            volume[i] = floats[i % floats.length];
        }
        context.zarr()
                .write(
                        new StorePlace(context.store(folder.toString()), "image/"),
                        WriteCondition.ANY,
                        ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 1),
                        ImageFormat.VERSION_3.withChunk(32, 32, 32),
                        BoxSource.of(volume, shape));
        array = (ZarrArray)
                context.zarr().open(context.store(folder.toString()), "image/0").orElseThrow();
    }

    private static Geometry sheet() {
        float[] vertices = new float[3 * GRID * GRID];
        int[] faces = new int[6 * (GRID - 1) * (GRID - 1)];
        int face = 0;
        for (int v = 0; v < GRID; v++) {
            for (int u = 0; u < GRID; u++) {
                int at = v * GRID + u;
                vertices[3 * at] = 7f * u;
                vertices[3 * at + 1] = 7f * v;
                vertices[3 * at + 2] = (float) Math.sin(u / 40.0) * 300;
                if (u < GRID - 1 && v < GRID - 1) {
                    for (int corner : new int[] {at, at + 1, at + GRID, at + 1, at + GRID + 1, at + GRID}) {
                        faces[face++] = corner;
                    }
                }
            }
        }
        return Geometry.triangles("sheet", vertices, faces);
    }

    /** Deletes the inputs. */
    @TearDown
    public void remove() throws Exception {
        context.close();
        Checks.delete(folder);
    }

    /** Unshuffles 128 Ki floats. */
    @Benchmark
    public float[] unshuffleFloats() {
        new Unpacked(Slice.of(elements), true).copyFloats(0, 1, floats, 0, 1, ELEMENTS);
        return floats;
    }

    /** Unpacks one block of 512 KiB of a Blosc container, compressed with lz4 and shuffled. */
    @Benchmark
    public byte[] unpackBloscBlock() throws CodecException {
        BloscBlocks blocks = BloscBlocks.parse(Slice.of(packed), packed.length);
        int offset = blocks.offset(0);
        blocks.decode(0, new Slice(packed, offset, blocks.end(0) - offset), room, 0);
        return room;
    }

    /** Packs the same block. */
    @Benchmark
    public byte[] packBloscBlock() {
        return BloscPacker.pack(elements, Float.BYTES);
    }

    /** Reads a box of 64³ from cached chunks of 32³. */
    @Benchmark
    public float[] copyBoxOfCachedChunks() {
        array.read(Region.of(new long[] {17, 21, 33}, new long[] {64, 64, 64}), box);
        return box;
    }

    /** Opens an array and reads a plane: its metadata, the index of its shard, and 16 chunks. */
    @Benchmark
    public float[] openShardAndReadAPlane() {
        try (CopickContext fresh = CopickContext.builder().cacheBytes(0).build()) {
            ZarrArray opened = (ZarrArray)
                    fresh.zarr().open(fresh.store(folder.toString()), "image/0").orElseThrow();
            return opened.readFloats(Region.plane(opened.shape(), 0, 64));
        }
    }

    /** Parses 10,000 points. */
    @Benchmark
    public PicksDocument parsePicks() {
        return PicksDocument.parse(picks, "memory");
    }

    /** Writes the same points. */
    @Benchmark
    public byte[] writePicks() {
        return document.toJson();
    }

    /** Parses 178,802 triangles. */
    @Benchmark
    public MeshScene parseGlb() {
        return MeshScene.parse(glb, "memory");
    }
}
