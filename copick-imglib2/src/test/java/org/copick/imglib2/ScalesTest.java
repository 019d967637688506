package org.copick.imglib2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedIntType;
import net.imglib2.type.numeric.real.DoubleType;
import org.copick.Volume;
import org.copick.cache.ChunkCache;
import org.copick.error.NotFoundException;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.Zarr;
import org.junit.jupiter.api.Test;

final class ScalesTest {
    private static final long[] SHAPE = {8, 8, 8};

    private final MemoryStore store = new MemoryStore();
    private final Zarr zarr = new Zarr(ChunkCache.ofBytes(1 << 20));

    private CopickImage<?> open() {
        zarr.write(
                new StorePlace(store, ""),
                WriteCondition.ANY,
                ImageSpec.tomogram(SHAPE, DataType.UINT8, 10, 3),
                ImageFormat.VERSION_2,
                BoxSource.zeros());
        return CopickImages.open(Volume.open(zarr, store));
    }

    @Test
    void sizesAndScalesAreInTheOrderOfImgLib2() {
        CopickImage<?> image = open();
        assertArrayEquals(new double[] {10, 10, 10}, image.voxelDimensions().orElseThrow());
        double[][] scales = image.mipmapScales();
        assertArrayEquals(new double[] {1, 1, 1}, scales[0]);
        assertArrayEquals(new double[] {2, 2, 2}, scales[1]);
        assertArrayEquals(new double[] {4, 4, 4}, scales[2]);
    }

    @Test
    void theCentreOfACoarseVoxelIsTheMiddleOfTheFineOnes() {
        CopickImage<?> image = open();
        assertArrayEquals(new double[] {10, 0, 0, 0, 0, 10, 0, 0, 0, 0, 10, 0}, image.transform(0));
        // voxels 0 and 1 have their centres at 0 and 10 Å
        assertArrayEquals(new double[] {20, 0, 0, 5, 0, 20, 0, 5, 0, 0, 20, 5}, image.transform(1));
        assertArrayEquals(new double[] {40, 0, 0, 15, 0, 40, 0, 15, 0, 0, 40, 15}, image.transform(2));
        assertThrows(NotFoundException.class, () -> image.transform(3));
        assertThrows(NotFoundException.class, () -> image.level(3));
    }

    @Test
    void axesOfDifferentScalesKeepTheirOrder() {
        open();
        String attributes = """
                {"multiscales": [{"version": "0.4",
                  "axes": [{"name": "z", "type": "space", "unit": "nanometer"},
                           {"name": "y", "type": "space", "unit": "nanometer"},
                           {"name": "x", "type": "space", "unit": "nanometer"}],
                  "datasets": [
                    {"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [3, 2, 1]}]},
                    {"path": "1", "coordinateTransformations": [{"type": "scale", "scale": [6, 4, 3]}]}]}]}
                """;
        store.write(".zattrs", attributes.getBytes(java.nio.charset.StandardCharsets.UTF_8), WriteCondition.ANY);
        CopickImage<?> image = CopickImages.open(Volume.open(zarr, store));
        assertArrayEquals(new double[] {10, 20, 30}, image.voxelDimensions().orElseThrow());
        assertArrayEquals(new double[] {3, 2, 2}, image.mipmapScales()[1]);
        assertArrayEquals(new double[] {30, 0, 0, 10, 0, 40, 0, 10, 0, 0, 60, 15}, image.transform(1));
    }

    @Test
    void withoutMetadataTheNumbersOfVoxelsGiveTheScales() {
        open();
        store.delete(".zattrs");
        CopickImage<?> image = CopickImages.open(Volume.open(zarr, store));
        assertEquals(false, image.voxelDimensions().isPresent());
        assertArrayEquals(new double[] {2, 2, 2}, image.mipmapScales()[1]);
        assertArrayEquals(new double[] {2, 0, 0, 0.5, 0, 2, 0, 0.5, 0, 0, 2, 0.5}, image.transform(1));
    }

    @Test
    void aTypeMustHoldEveryNumber() {
        assertEquals(true, ElementArrays.holds(new ShortType(), DataType.UINT8));
        assertEquals(false, ElementArrays.holds(new ShortType(), DataType.UINT16));
        assertEquals(false, ElementArrays.holds(new UnsignedByteType(), DataType.INT8));
        assertEquals(false, ElementArrays.holds(new UnsignedIntType(), DataType.FLOAT16));
        assertEquals(true, ElementArrays.holds(new UnsignedByteType(), DataType.BOOL));
        assertEquals(true, ElementArrays.holds(new DoubleType(), DataType.UINT64));
        for (DataType type : DataType.values()) {
            assertEquals(
                    true,
                    ElementArrays.holds((net.imglib2.type.numeric.RealType<?>) ElementArrays.typeOf(type), type),
                    type.toString());
        }
    }
}
