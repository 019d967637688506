package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zarr.zarrjava.core.Array;
import org.copick.error.CorruptDataException;
import org.copick.error.StorageException;
import org.copick.storage.StoreOperation.Kind;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.tests.hostile.Fault;
import org.copick.tests.hostile.FaultInjectingStore;
import org.copick.zarr.ImageFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a read of zarr-java over a store that fails throws, and never returns fill values for elements. */
final class FailuresTest {
    private static final long[] SHAPE = {8, 8, 8};

    private final MemoryStore memory = new MemoryStore();
    private final FaultInjectingStore failing = new FaultInjectingStore(memory);

    @ParameterizedTest
    @CsvSource({"INFO,false", "INFO,true", "READ,false", "READ,true"})
    void aChunkThatCannotBeReadIsOurException(Kind kind, boolean parallel) throws Exception {
        Volumes.write(memory, ImageFormat.VERSION_2.withChunk(4, 4, 4), SHAPE);
        Array array = Array.open(CopickStore.of(Volumes.open(failing)).resolve("0"));
        failing.with(Fault.before().on(kind).keys(key -> key.endsWith("0/1/1/0")));
        assertThrows(StorageException.class, () -> array.read(parallel));
        assertTrue(failing.struck() > 0);
        failing.heal();
        assertArrayEquals(Volumes.numbers(SHAPE), (float[]) array.read(parallel).copyTo1DJavaArray());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBlockOfThePlainViewIsToo(boolean parallel) throws Exception {
        Volumes.write(memory, ImageFormat.VERSION_3.withChunk(4, 4, 4), SHAPE);
        Array array =
                Array.open(CopickStore.plain(Volumes.open(failing), 4, 4, 4).resolve("0"));
        failing.with(Fault.before().on(Kind.READ, Kind.READ_RANGES));
        assertThrows(StorageException.class, () -> array.read(parallel));
        failing.heal();
        assertArrayEquals(Volumes.numbers(SHAPE), (float[]) array.read(parallel).copyTo1DJavaArray());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedChunkInThePlainViewIsCorrupt(boolean parallel) throws Exception {
        Volumes.write(memory, ImageFormat.VERSION_2.withChunk(4, 4, 4), SHAPE);
        memory.write("wbp.zarr/0/1/1/0", new byte[7], WriteCondition.ANY);
        Array array = Array.open(CopickStore.plain(Volumes.open(memory)).resolve("0"));
        assertThrows(CorruptDataException.class, () -> array.read(parallel));
    }

    /** Chunks that end early are zarr-java's to refuse. */
    @ParameterizedTest
    @CsvSource({"2,1", "2,20", "3,1", "3,20"})
    void missingBytesAreAnException(int version, int bytes) throws Exception {
        // labels, because zarr-java lacks the shuffle filter that floats of version 3 have
        ImageFormat format = version == 2 ? ImageFormat.VERSION_2 : ImageFormat.VERSION_3;
        Volumes.writeLabels(memory, format.withChunk(8, 8, 8), SHAPE);
        Array array = Array.open(CopickStore.of(failing).resolve("labels.zarr", "0"));
        failing.with(Fault.shortRead(bytes));
        assertThrows(Exception.class, () -> array.read(new long[3], new int[] {8, 8, 7}));
        failing.heal();
        assertEquals(8 * 8 * 7, array.read(new long[3], new int[] {8, 8, 7}).getSize());
    }
}
