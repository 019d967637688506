package org.copick.zarrjava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zarr.zarrjava.core.Array;
import dev.zarr.zarrjava.core.Group;
import dev.zarr.zarrjava.v2.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.copick.storage.ObjectStore;
import org.copick.tests.MemoryStore;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;

/**
 * Shows each known fault of zarr-java 0.0.9 that is not the lack of a codec or type, for which see {@link Limits}. A
 * test that fails here means that a new version has fixed a fault.
 */
final class KnownFaultsTest {
    private static final String FIXED =
            "zarr-java has no longer this fault: take it off docs/bridges.md, and test what other tests avoid";
    private static final long[] SHAPE = {2, 2, 24};
    private static final Region OVER_FOUR_CHUNKS = Region.at(0, 0, 1).size(2, 2, 13);
    private static final Region OVER_TWO_CHUNKS = Region.at(0, 0, 1).size(2, 2, 7);
    private static final Region ALIGNED = Region.at(0, 0, 4).size(2, 2, 13);

    private final ObjectStore store = new MemoryStore();

    /** The chunks in between are only partly copied, and the rest stays zero. */
    @Test
    void unalignedReadsOverThreeChunksAreWrong() throws Exception {
        Volumes.write(store, ImageFormat.VERSION_2.withChunk(2, 2, 4), SHAPE);
        ZarrArray ours = Volumes.open(store).level(0).array();
        for (CopickStore each :
                new CopickStore[] {CopickStore.of(Volumes.open(store)), CopickStore.plain(Volumes.open(store), 2, 2, 4)
                }) {
            Array theirs = Array.open(each.resolve("0"));
            assertFalse(equal(ours, theirs, OVER_FOUR_CHUNKS), FIXED);
            assertTrue(equal(ours, theirs, OVER_TWO_CHUNKS));
            assertTrue(equal(ours, theirs, ALIGNED));
        }
    }

    /** Chunks inside a shard count, too. */
    @Test
    void unalignedReadsWithinAShardAreWrong() throws Exception {
        Volumes.writeLabels(store, ImageFormat.VERSION_3.withChunk(2, 2, 4), SHAPE);
        ZarrArray ours = (ZarrArray) Volumes.zarr().open(store, "labels.zarr/0").orElseThrow();
        Array theirs = Array.open(CopickStore.of(store).resolve("labels.zarr", "0"));
        assertFalse(equal(ours, theirs, OVER_FOUR_CHUNKS), FIXED);
        assertTrue(equal(ours, theirs, OVER_TWO_CHUNKS));
        assertTrue(equal(ours, theirs, ALIGNED));
    }

    @Test
    void unalignedWritesOverThreeChunksAreWrong() throws Exception {
        Volumes.write(store, ImageFormat.VERSION_2.withChunk(2, 2, 4), SHAPE);
        Array theirs = Array.open(CopickStore.of(Volumes.open(store)).resolve("0"));
        assertFalse(isWritten(theirs, OVER_FOUR_CHUNKS), FIXED);
        assertTrue(isWritten(theirs, ALIGNED));
    }

    private boolean isWritten(Array theirs, Region region) {
        float[] elements = new float[2 * 2 * 13];
        Arrays.fill(elements, -1);
        theirs.write(
                new long[] {0, 0, region.start(2)},
                ucar.ma2.Array.factory(ucar.ma2.DataType.FLOAT, new int[] {2, 2, 13}, elements.clone()));
        return Arrays.equals(elements, Volumes.open(store).level(0).readFloats(region));
    }

    /** Chunks in a shard that is read as a whole are taken from its beginning, wherever they are. */
    @Test
    void compressedShardsCannotBeReadAsAWhole() throws Exception {
        Volumes.writeLabels(store, ImageFormat.VERSION_3.withChunk(2, 2, 4), SHAPE);
        Array array = Array.open(CopickStore.of(store).resolve("labels.zarr", "0"));
        assertThrows(Exception.class, array::read, FIXED);
        assertThrows(Exception.class, () -> array.read(true), FIXED);
        byte[] part = (byte[]) array.read(new long[3], new int[] {1, 2, 24}).copyTo1DJavaArray();
        assertArrayEquals(Arrays.copyOf(Volumes.labels(SHAPE), part.length), part);
    }

    /** It reads Fortran's order as if it were C's. */
    @Test
    void theOrderOfElementsIsIgnored() throws Exception {
        int arrays = 0;
        for (GoldenArray golden : GoldenArray.of("zarr2")) {
            if (Limits.of(golden.metadata()).equals(Optional.of(Limits.ORDER_F))) {
                Region all = Region.all(golden.array().shape());
                assertFalse(equal(golden.array(), golden.stored().open(), all), FIXED);
                arrays++;
            }
        }
        assertTrue(arrays > 0);
    }

    /** Python's numcodecs 0.11 refuses a field that it adds. */
    @Test
    void metadataOfBloscHaveAFieldTooMany() throws Exception {
        dev.zarr.zarrjava.v2.Array.create(
                CopickStore.of(store).resolve("0"),
                dev.zarr.zarrjava.v2.Array.metadataBuilder()
                        .withShape(4, 4, 4)
                        .withChunks(4, 4, 4)
                        .withDataType(DataType.UINT8)
                        .withBloscCompressor("lz4", 5)
                        .build());
        String metadata = new String(store.read("0/.zarray").orElseThrow().bytes(), StandardCharsets.UTF_8);
        assertTrue(metadata.contains("typesize"), FIXED);
    }

    /** This is ours: zarr-java changes the methods that list in version 0.2. */
    @Test
    void groupsOpenButCannotBeListed() throws Exception {
        Volumes.write(store, ImageFormat.VERSION_2.withChunk(2, 2, 4), SHAPE);
        Group group = Group.open(CopickStore.of(Volumes.open(store)).resolve());
        assertTrue(group.get("0") instanceof Array);
        assertThrows(UnsupportedOperationException.class, group::list);
    }

    private static boolean equal(ZarrArray ours, Array theirs, Region region) throws Exception {
        return Arrays.equals(Elements.ours(ours, region, false), Elements.theirs(theirs, region, false));
    }
}
