package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.storage.ByteRange;
import org.copick.storage.ObjectStore;
import org.copick.storage.RangesRead;
import org.copick.storage.StorePlace;
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
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests reads into reused arrays, and regions in an unusual notation. */
class ReadIntoTest {
    private final MemoryStore memory = new MemoryStore();

    @Test
    void bytesThatDidNotComeAreToldAndNotTakenFromBefore() {
        memory.write("object", new byte[100], WriteCondition.ANY);
        ObjectStore store = new InterceptingStore(memory) {
            @Override
            protected <T> T call(StoreCall call, Supplier<T> operation) {
                return operation.get();
            }

            @Override
            public Optional<RangesRead> readRanges(String key, List<ByteRange> ranges, @Nullable Version expected) {
                return memory.readRanges(key, ranges, expected)
                        .map(read -> new RangesRead(
                                read.info(), List.of(Arrays.copyOf(read.parts().get(0), 7))));
            }
        };
        assertThrows(
                CorruptDataException.class, () -> store.readInto("object", ByteRange.of(0, 50), null, new byte[50]));
    }

    @Test
    void theStepOfOneElementMayBeOfAnyLength() {
        long[] shape = {4, 2, 2};
        float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        ImageWriter.write(
                new StorePlace(memory, "image/"),
                WriteCondition.ANY,
                ImageSpec.tomogram(shape, DataType.FLOAT32, 10, 1),
                ImageFormat.VERSION_2,
                BoxSource.of(values, shape));
        ZarrArray array = (ZarrArray)
                new Zarr(ChunkCache.ofBytes(0)).open(memory, "image/0").orElseThrow();
        for (long step : new long[] {1, 1 << 20, 1L << 61, 1L << 62}) {
            Region one = Region.of(new long[] {2, 1, 0}, new long[] {1, 1, 1}, new long[] {step, step, 1});
            assertArrayEquals(new float[] {10}, array.readFloats(one), "step " + step);
        }
    }
}
