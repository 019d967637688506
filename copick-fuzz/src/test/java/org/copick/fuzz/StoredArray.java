package org.copick.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.copick.cache.ChunkCache;
import org.copick.error.CopickException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;

/** The metadata of an array of 16 × 8 × 8 elements in one chunk. */
record StoredArray(String key, String metadata, String chunk) {
    static StoredArray v2(String metadata) {
        return new StoredArray(".zarray", metadata, "0.0.0");
    }

    static StoredArray v3(String type, String codecs) {
        return new StoredArray(
                "zarr.json",
                "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[16,8,8],\"data_type\":\"" + type
                        + "\",\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[16,8,8]}},"
                        + "\"chunk_key_encoding\":{\"name\":\"default\"},\"fill_value\":0,\"codecs\":[" + codecs + "]}",
                "c/0/0/0");
    }

    /** Reads a chunk: the first byte selects the array, and the stored chunk follows. */
    static void decode(List<StoredArray> arrays, byte[] input) {
        if (input.length > 0) {
            arrays.get(Byte.toUnsignedInt(input[0]) % arrays.size()).decode(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /** Checks that regions equal the same regions of the whole, and that written elements are read back unchanged. */
    private void decode(byte[] stored) {
        ZarrArray array = open(stored);
        Region plane = Region.plane(array.shape(), 0, 5);
        byte[] elements;
        try {
            elements = read(array, Region.all(array.shape()));
        } catch (CopickException refused) {
            Expected.refusedOrDone(() -> read(array, plane));
            return;
        }
        int size = elements.length / 16;
        Expected.that(Arrays.equals(Arrays.copyOfRange(elements, 5 * size, 6 * size), read(open(stored), plane)));

        ZarrArray again = open(null);
        try {
            again.writeRegion(
                    Region.all(array.shape()), ByteBuffer.wrap(elements).order(ByteOrder.LITTLE_ENDIAN));
        } catch (UnsupportedFeatureException cannotBeDone) {
            return;
        }
        Expected.that(Arrays.equals(elements, read(again, Region.all(array.shape()))));
    }

    private ZarrArray open(byte @Nullable [] stored) {
        MemoryStore store = new MemoryStore();
        store.write(key, metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        if (stored != null) {
            store.write(chunk, stored, WriteCondition.ANY);
        }
        return (ZarrArray) new Zarr(ChunkCache.ofBytes(1 << 20)).open(store, "").orElseThrow();
    }

    private static byte[] read(ZarrArray array, Region region) {
        byte[] elements = new byte[(int) region.size() * array.dataType().bytes()];
        array.readBytes(region, elements);
        return elements;
    }
}
