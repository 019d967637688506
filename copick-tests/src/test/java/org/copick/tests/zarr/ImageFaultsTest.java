package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.copick.cache.ChunkCache;
import org.copick.error.ConflictException;
import org.copick.error.StorageException;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObservedStore;
import org.copick.storage.PrefixStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.InterceptingStore;
import org.copick.tests.hostile.StoreCall;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.MarkedImage;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a failure at any single call while an image is replaced leaves the old or the new image.
 *
 * <p>Programs that do not know {@code .writing} markers find one of them or no image, never a mixture. The next writer
 * completes the replacement.
 */
class ImageFaultsTest {
    private static final long[] SHAPE = {9, 10, 11};
    private static final String PLACE = "images/image/";

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aFailureAtAnyCallKeepsTheOldImageOrTheNewOne(int version) {
        int calls = countedCalls(version);
        assertTrue(calls > 10, () -> calls + " calls");
        int[] found = new int[3];
        for (int failing = 0; failing < calls; failing++) {
            for (boolean afterwards : new boolean[] {false, true}) {
                String told = "call " + failing + (afterwards ? ", done" : "");
                MemoryStore contents = new MemoryStore();
                write(contents, version, 1);
                AtomicInteger left = new AtomicInteger(failing);
                ObjectStore store = new FailingStore(contents, left, afterwards);

                boolean failed = false;
                try {
                    write(store, version, 2);
                } catch (StorageException e) {
                    failed = true;
                }

                float seen = value(committed(contents));
                assertTrue(failed ? seen == 1 || seen == 2 : seen == 2, told + " leaves " + seen);
                float atPlace = value(new PrefixStore(contents, PLACE));
                assertTrue(
                        atPlace == 0 || atPlace == 1 || atPlace == 2,
                        told + " shows programs that ignore markers " + atPlace);
                found[(int) atPlace]++;

                boolean finished = MarkedImage.finish(new StorePlace(contents, PLACE));
                assertEquals(seen, value(new PrefixStore(contents, PLACE)), told + ", finished: " + finished);
                contents.forEach("", object -> assertTrue(object.key().startsWith(PLACE), told + " leaves " + object));
            }
        }
        assertTrue(found[0] > 0 && found[1] > 0 && found[2] > 0, Arrays.toString(found));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aReaderOfTheStagedImageGoesOnAtItsPlace(int version) {
        MemoryStore contents = new MemoryStore();
        write(contents, version, 1);
        AtomicInteger left = new AtomicInteger(countedCalls(version) - 4);
        assertThrows(StorageException.class, () -> write(new FailingStore(contents, left, false), version, 2));
        ObjectStore reader = committed(contents);
        assertTrue(reader.identity().contains(".staged"), reader.identity());

        MarkedImage.finish(new StorePlace(contents, PLACE));

        assertEquals(2, value(reader));
    }

    @Test
    void aReaderOfAnImageThatIsReplacedTwiceIsTold() {
        MemoryStore contents = new MemoryStore();
        write(contents, 2, 1);
        int failing = countedCalls(2) - 4;
        assertThrows(
                StorageException.class,
                () -> write(new FailingStore(contents, new AtomicInteger(failing), false), 2, 2));
        ObjectStore reader = committed(contents);
        MarkedImage.finish(new StorePlace(contents, PLACE));
        assertThrows(
                StorageException.class,
                () -> write(new FailingStore(contents, new AtomicInteger(failing), false), 2, 3));

        assertThrows(ConflictException.class, () -> value(reader));
        assertEquals(3, value(committed(contents)));
    }

    @Test
    void aChangeThroughTheStagedImageIsMadeAtItsPlace() {
        MemoryStore contents = new MemoryStore();
        write(contents, 2, 1);
        AtomicInteger left = new AtomicInteger(countedCalls(2) - 4);
        assertThrows(StorageException.class, () -> write(new FailingStore(contents, left, false), 2, 2));
        ObjectStore reader = committed(contents);

        reader.write("0/note", new byte[1], WriteCondition.ANY);

        assertTrue(contents.info(PLACE + "0/note").isPresent());
        assertEquals(2, value(new PrefixStore(contents, PLACE)));
    }

    /** Returns the image as this library reads it. */
    private static ObjectStore committed(ObjectStore contents) {
        StorePlace place = new StorePlace(contents, PLACE);
        return MarkedImage.at(place)
                .flatMap(MarkedImage::staged)
                .map(staged -> MarkedImage.open(place, staged))
                .orElse(place.scoped());
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
                new StorePlace(store, PLACE),
                WriteCondition.ANY,
                ImageSpec.labels(SHAPE, DataType.FLOAT32, 10, 2),
                format.withChunk(4, 6, 8),
                BoxSource.of(values, SHAPE));
    }

    /** Returns the single value of all voxels at both levels, or 0 if there is no image. */
    private static float value(ObjectStore store) {
        var node = new Zarr(ChunkCache.ofBytes(0)).open(store, "");
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

    /** Fails once, before or after the call takes effect. */
    private static final class FailingStore extends InterceptingStore {
        private final AtomicInteger left;
        private final boolean afterwards;

        FailingStore(ObjectStore store, AtomicInteger left, boolean afterwards) {
            super(store);
            this.left = left;
            this.afterwards = afterwards;
        }

        @Override
        protected <T> T call(StoreCall call, java.util.function.Supplier<T> operation) {
            boolean fails = left.getAndDecrement() == 0;
            if (fails && !afterwards) {
                throw new StorageException("failed: injected by the test", new IOException());
            }
            T result = operation.get();
            if (fails) {
                throw new StorageException("failed after taking effect: injected by the test", new IOException());
            }
            return result;
        }
    }
}
