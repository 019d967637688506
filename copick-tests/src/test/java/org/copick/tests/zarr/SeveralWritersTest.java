package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.copick.cache.ChunkCache;
import org.copick.error.AlreadyExistsException;
import org.copick.error.ConflictException;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.MarkedImage;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;

/**
 * Tests concurrent writers of one image on a store that cannot replace prefixes atomically; they see each other's
 * marker.
 */
class SeveralWritersTest {
    private static final long[] SHAPE = {8, 8, 8};
    private static final String ELSEWHERE = "image.ffffffff-1-2-3.staged";

    private final MemoryStore store = new MemoryStore();
    private final StorePlace place = new StorePlace(store, "images/image/");

    @Test
    void oneWaitsForTheOther() throws Exception {
        write(1, () -> {});
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> writers = new ArrayList<>();
            writers.add(threads.submit(() -> write(2, () -> {
                begun.countDown();
                goOn.await();
            })));
            begun.await();
            writers.add(threads.submit(() -> write(3, () -> {})));
            assertThrows(
                    AlreadyExistsException.class,
                    () -> ImageWriter.write(place, WriteCondition.IF_ABSENT, spec(), format(), values(4)));
            assertEquals(Set.of(1f), seen(), "the old image stays visible until the new one is complete");
            goOn.countDown();
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(Set.of(3f), seen(), "the writer that waited writes last");
        assertNothingLeft();
    }

    @Test
    void oneThatLostItsMarkChangesNothingAnyMore() {
        write(1, () -> {});

        assertThrows(ConflictException.class, () -> write(2, () -> mark("staging", Instant.now())));

        assertEquals(Set.of(1f), seen());
        assertFalse(MarkedImage.finish(place), "the other writer may continue");
        mark("staging", Instant.now().minus(Duration.ofHours(2)));
        assertTrue(MarkedImage.finish(place));
        store.forEach("", object -> assertTrue(object.key().startsWith("images/image"), object::toString));
    }

    @Test
    void oneOfAnotherMachineHasEndedWhenItWasSilentForAnHour() {
        write(1, () -> {});
        mark("committed", Instant.now());
        assertEquals(
                "images/" + ELSEWHERE + "/",
                MarkedImage.at(place).flatMap(MarkedImage::staged).orElseThrow());
        assertFalse(MarkedImage.at(place).orElseThrow().isAbandoned());
        mark("copied", Instant.now().minus(Duration.ofHours(2)));
        assertTrue(MarkedImage.at(place).orElseThrow().isAbandoned());

        write(2, () -> {});

        assertEquals(Set.of(2f), seen());
        assertNothingLeft();
    }

    @Test
    void aNewImageIsCompletedAfterItsWriterHasEnded() {
        incomplete("ffffffff-1-2-3", Instant.now().minus(Duration.ofHours(2)));

        ImageWriter.write(place, WriteCondition.IF_ABSENT, spec(), format(), values(2));

        assertEquals(Set.of(2f), seen());
        assertTrue(store.info(place.prefix() + "0/left").isEmpty(), "nothing of the former writer stays");
        assertNothingLeft();
        assertThrows(
                AlreadyExistsException.class,
                () -> ImageWriter.write(place, WriteCondition.IF_ABSENT, spec(), format(), values(3)));
        assertEquals(Set.of(2f), seen());
    }

    @Test
    void aNewImageIsLeftToAWriterOfThisMachine() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = thread.submit(() -> write(1, () -> {
                begun.countDown();
                goOn.await();
            }));
            begun.await();
            assertThrows(
                    AlreadyExistsException.class,
                    () -> ImageWriter.write(place, WriteCondition.IF_ABSENT, spec(), format(), values(2)));
            goOn.countDown();
            writer.get();
        } finally {
            thread.shutdownNow();
        }
        assertEquals(Set.of(1f), seen());
        assertNothingLeft();
    }

    private void incomplete(String writer, Instant renewed) {
        store.write(place.prefix() + "0/left", new byte[] {1}, WriteCondition.ANY);
        mark(writer, "creating", "", renewed);
    }

    private void mark(String stage, Instant renewed) {
        mark("ffffffff-1-2-3", stage, ELSEWHERE, renewed);
    }

    private void mark(String writer, String stage, String staged, Instant renewed) {
        String mark = "{\"copick_writing\": 1, \"stage\": \"" + stage + "\", \"writer\": \"" + writer
                + "\", \"staged\": \"" + staged + "\", \"renewal\": 5, \"renewed\": \"" + renewed + "\"}";
        store.write(place.writingMark(), mark.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
    }

    /** An action of another writer while an image is written. */
    private interface Meanwhile {
        void run() throws Exception;
    }

    private void write(float value, Meanwhile meanwhile) {
        BoxSource values = values(value);
        ImageWriter.write(place, WriteCondition.ANY, spec(), format(), (box, into) -> {
            if (box.start(0) == 0 && box.start(1) == 0 && box.start(2) == 0) {
                try {
                    meanwhile.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            values.read(box, into);
        });
    }

    private static ImageSpec spec() {
        return ImageSpec.labels(SHAPE, DataType.FLOAT32, 10, 1);
    }

    private static ImageFormat format() {
        return ImageFormat.VERSION_2.withChunk(4, 4, 4);
    }

    private static BoxSource values(float value) {
        float[] values = new float[8 * 8 * 8];
        Arrays.fill(values, value);
        return BoxSource.of(values, SHAPE);
    }

    private Set<Float> seen() {
        ObjectStore image = place.scoped();
        ZarrArray array =
                (ZarrArray) new Zarr(ChunkCache.ofBytes(0)).open(image, "0").orElseThrow();
        Set<Float> values = new TreeSet<>();
        for (float value : array.readFloats(Region.all(SHAPE))) {
            values.add(value);
        }
        return values;
    }

    private void assertNothingLeft() {
        store.forEach("", object -> assertTrue(object.key().startsWith(place.prefix()), object::toString));
    }
}
