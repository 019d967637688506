package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zarr.zarrjava.core.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.copick.Axis;
import org.copick.Level;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObservedStore;
import org.copick.storage.StoreOperation.Kind;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.CountingStore;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.api.Test;

/** Tests what a plane costs: the requests and bytes of docs/bridges.md. */
final class RequestsTest {
    private static final long[] SHAPE = {64, 256, 256};
    private static final int Z = 18;
    private static final ImageFormat ONE_CHUNK = ImageFormat.VERSION_2.withChunk(64, 256, 256);
    private static final ImageFormat FOUR_CHUNKS = ImageFormat.VERSION_2.withChunk(64, 128, 128);

    private final ObjectStore memory = new MemoryStore();
    private final AtomicLong bytes = new AtomicLong();
    private final CountingStore store =
            new CountingStore(new ObservedStore(memory, operation -> bytes.addAndGet(operation.bytes())));

    /** zarr-java asks whether a chunk exists, and reads all of it. */
    @Test
    void aPlaneOfTheStoredObjects() throws Exception {
        Volumes.write(store, FOUR_CHUNKS, SHAPE);
        CopickStore stored = CopickStore.of(Volumes.open(store));
        forget();
        Array array = Array.open(stored.resolve("0"));
        assertEquals(List.of("INFO 0/zarr.json", "INFO 0/.zarray", "READ 0/.zarray", "INFO 0/.zattrs"), calls());
        forget();
        assertPlane(array);
        assertEquals(
                List.of(
                        "INFO 0/0/0/0",
                        "READ 0/0/0/0",
                        "INFO 0/0/0/1",
                        "READ 0/0/0/1",
                        "INFO 0/0/1/0",
                        "READ 0/0/1/0",
                        "INFO 0/0/1/1",
                        "READ 0/0/1/1"),
                calls());
    }

    /** Our engine reads the blocks that a plane needs, and so does the plain view if its blocks are planes. */
    @Test
    void aPlaneOfALargeChunk() throws Exception {
        Volumes.write(store, ONE_CHUNK, SHAPE);
        long size = memory.info("wbp.zarr/0/0/0/0").orElseThrow().size();

        Level level = Volumes.open(store).level(0);
        assertArrayEquals(SHAPE, level.shape());
        forget();
        assertArrayEquals(expected(), level.plane(Axis.Z, Z));
        List<String> ours = calls();
        // the header with the places of the blocks, then one block
        assertEquals(Map.of(Kind.READ_RANGES, 2), store.counts());
        long oursBytes = bytes.get();

        Array plain = Array.open(
                CopickStore.plain(Volumes.open(store), 1, SHAPE[1], SHAPE[2]).resolve("0"));
        forget();
        assertPlane(plain);
        assertEquals(ours, calls());
        assertEquals(oursBytes, bytes.get());

        Array stored = Array.open(CopickStore.of(Volumes.open(store)).resolve("0"));
        forget();
        assertPlane(stored);
        assertEquals(List.of("INFO 0/0/0/0", "READ 0/0/0/0"), calls());
        assertEquals(size, bytes.get());
        assertTrue(oursBytes * 20 < size, oursBytes + " of " + size + " bytes");
    }

    private static void assertPlane(Array array) throws Exception {
        ucar.ma2.Array plane = array.read(new long[] {Z, 0, 0}, new int[] {1, (int) SHAPE[1], (int) SHAPE[2]});
        assertArrayEquals(expected(), (float[]) plane.copyTo1DJavaArray());
    }

    private static float[] expected() {
        int size = (int) (SHAPE[1] * SHAPE[2]);
        return Arrays.copyOfRange(Volumes.numbers(SHAPE), Z * size, (Z + 1) * size);
    }

    /** Returns the calls without the name of the volume. */
    private List<String> calls() {
        return store.calls().stream()
                .map(call -> call.toString().replace("wbp.zarr/", ""))
                .toList();
    }

    private void forget() {
        store.forget();
        bytes.set(0);
    }
}
