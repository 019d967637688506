package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.cache.ChunkCache;
import org.copick.error.StorageException;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObservedStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure at any single call while an image is replaced leaves the old one, the new one or none; never a mixture. */
class ImageFaultsTest {
    private static final long[] SHAPE = {9, 10, 11};

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFailureAtAnyCallLeavesNoMixture(int version) {
        int calls = countedCalls(version);
        assertTrue(calls > 10, () -> calls + " calls");
        int complete = 0;
        for (int failing = 0; failing < calls; failing++) {
            for (boolean afterwards : new boolean[] {false, true}) {
                MemoryStore contents = new MemoryStore();
                write(contents, version, 1);
                AtomicInteger left = new AtomicInteger(failing);
                ObjectStore store = new FailingStore(contents, left, afterwards);

                assertThrows(StorageException.class, () -> write(store, version, 2), "call " + failing);

                float seen = value(contents);
                assertTrue(seen == 0 || seen == 1 || seen == 2, "call " + failing + " leaves " + seen);
                complete += seen != 0 ? 1 : 0;
            }
        }
        assertTrue(complete > 0);
        assertFalse(complete == 2 * calls);
    }

    private static int countedCalls(int version) {
        MemoryStore contents = new MemoryStore();
        write(contents, version, 1);
        AtomicInteger calls = new AtomicInteger();
        write(new ObservedStore(contents, operation -> calls.incrementAndGet()), version, 2);
        return calls.get();
    }

    private static void write(ObjectStore store, int version, float value) {
        float[] values = new float[9 * 10 * 11];
        Arrays.fill(values, value);
        ImageFormat format = version == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3;
        ImageWriter.write(
                new StorePlace(store, "image/"),
                WriteCondition.ANY,
                ImageSpec.labels(SHAPE, DataType.FLOAT32, 10, 2),
                format.withChunk(4, 6, 8),
                BoxSource.of(values, SHAPE));
    }

    /** The one value that the image holds everywhere and at both levels; 0 where there is no image. */
    private static float value(ObjectStore store) {
        var node = new Zarr(ChunkCache.ofBytes(0)).open(store, "image");
        if (node.isEmpty()) {
            return 0;
        }
        ZarrGroup group = (ZarrGroup) node.get();
        var image = Multiscale.of(group);
        if (image.isEmpty()) {
            return 0;
        }
        assertEquals(2, image.get().datasets().size());
        float value = Float.NaN;
        for (Multiscale.Dataset dataset : image.get().datasets()) {
            ZarrArray array = (ZarrArray) group.member(dataset.path()).orElseThrow();
            for (float each : array.readFloats(Region.all(array.shape()))) {
                value = Float.isNaN(value) || value == each ? each : -1;
            }
        }
        return value;
    }

    /** Fails once, before or after it did what it was asked for. */
    private static final class FailingStore extends ForwardingStore {
        private final AtomicInteger left;
        private final boolean afterwards;

        FailingStore(ObjectStore store, AtomicInteger left, boolean afterwards) {
            super(store);
            this.left = left;
            this.afterwards = afterwards;
        }

        @Override
        <T> T call(java.util.function.Supplier<T> operation) {
            boolean fails = left.getAndDecrement() == 0;
            if (fails && !afterwards) {
                throw new StorageException("failed as asked", new IOException());
            }
            T result = operation.get();
            if (fails) {
                throw new StorageException("failed as asked, but done", new IOException());
            }
            return result;
        }
    }
}
