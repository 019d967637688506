package org.copick.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.copick.cache.ChunkCache;
import org.copick.entity.Layer;
import org.copick.storage.ByteRange;
import org.copick.storage.ForwardingStore;
import org.copick.storage.ObjectStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.ReadOnlyStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.storage.disk.DiskCache;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests two services whose buckets, keys and versions are equal: caches never mix up their objects. */
final class TwoServicesTest {
    private static final int SIZE = 20_000;

    private final ObjectStore one = new Bucket("https://one.example.org");
    private final ObjectStore two = new Bucket("https://two.example.org");

    /** A bucket with the same location as all others. */
    private static final class Bucket extends ForwardingStore {
        private final String endpoint;

        Bucket(String endpoint) {
            super(new MemoryStore());
            this.endpoint = endpoint;
        }

        @Override
        public String location() {
            return "s3://bucket";
        }

        @Override
        public Optional<String> endpoint() {
            return Optional.of(endpoint);
        }
    }

    @Test
    void theyAreDifferentPlaces() {
        assertEquals("s3://bucket at https://one.example.org", one.identity());
        assertEquals(
                "s3://bucket/a at https://two.example.org", new PrefixStore(new ReadOnlyStore(two), "a/").identity());
        Layer layer = new Layer("overlay", false, one.location(), one.endpoint());
        assertNotEquals(layer, new Layer("overlay", false, two.location(), two.endpoint()));
    }

    @Test
    void theMemoryCacheKeepsThemApart() {
        Zarr zarr = new Zarr(ChunkCache.ofDefaultSize());
        short[] first = values(zarr, one, (short) 1);
        short[] second = values(zarr, two, (short) 2);
        assertEquals(1, first[0]);
        assertEquals(2, second[0]);
    }

    private static short[] values(Zarr zarr, ObjectStore store, short value) {
        short[] all = new short[SIZE];
        Arrays.fill(all, value);
        long[] shape = {1, 1, SIZE};
        ImageSpec spec = ImageSpec.tomogram(shape, DataType.INT16, 10, 1);
        ImageWriter.write(
                new StorePlace(store, "image/"),
                WriteCondition.ANY,
                spec,
                ImageFormat.VERSION_2,
                BoxSource.of(all, shape));
        short[] read = new short[SIZE];
        ((ZarrArray) zarr.open(store, "image/0").orElseThrow()).read(Region.all(shape), read);
        return read;
    }

    @Test
    void theDiskCacheKeepsThemApart(@TempDir Path folder) {
        byte[] first = new byte[SIZE];
        byte[] second = new byte[SIZE];
        Arrays.fill(second, (byte) 2);
        one.write("object", first, WriteCondition.ANY);
        two.write("object", second, WriteCondition.ANY);
        DiskCache cache = DiskCache.in(folder, 64 << 20);
        List<ByteRange> range = List.of(ByteRange.of(0, SIZE));
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(first, read(cache.over(one), range));
            assertArrayEquals(second, read(cache.over(two), range));
        }
        assertEquals(2, cache.statistics().misses());
    }

    private static byte[] read(ObjectStore store, List<ByteRange> range) {
        return store.readRanges(
                        "object", range, store.info("object").orElseThrow().version())
                .orElseThrow()
                .parts()
                .get(0);
    }
}
