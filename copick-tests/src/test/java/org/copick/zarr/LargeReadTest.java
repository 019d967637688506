package org.copick.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.copick.CopickContext;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Regions of any size are read into memory that is seen through small buffers. */
class LargeReadTest {
    private static final long SEED = 30;
    private static final long[] SHAPE = {23, 17, 19};
    private static final int ELEMENTS = 23 * 17 * 19;

    private final Random random = new Random(SEED);
    private final CopickContext context = CopickContext.builder().cacheBytes(0).build();
    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void close() {
        context.close();
        store.close();
    }

    @Test
    void everyDivisionGivesTheElements() {
        for (ImageFormat format : new ImageFormat[] {ImageFormat.VERSION_2, ImageFormat.VERSION_3}) {
            ZarrArray array = written(format.withChunk(5, 6, 7));
            for (int round = 0; round < 60; round++) {
                Region region = region();
                float[] expected = array.readFloats(region);
                int plane = (int) (region.size() / region.length(0));
                int window = 1 + random.nextInt(900);
                int most = plane + random.nextInt(ELEMENTS);
                ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                ByteBuffer memory = random.nextBoolean()
                        ? ByteBuffer.allocate(4 * expected.length)
                        : ByteBuffer.allocateDirect(4 * expected.length);

                new LargeRead(array, part(memory, order), window, most).run(region);

                float[] found = new float[expected.length];
                memory.order(order).asFloatBuffer().get(found);
                String what = region + " by windows of " + window + " and slabs of " + most + ", seed " + SEED;
                assertArrayEquals(expected, found, what);
            }
        }
    }

    /** Does by reflection what the comment of ElementMemory shows, because this code also compiles with Java 17. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void aMemorySegmentIsFilled() throws Exception {
        ZarrArray array = written(ImageFormat.VERSION_2.withChunk(5, 6, 7));
        Class<?> segments = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> arenas = Class.forName("java.lang.foreign.Arena");
        try (AutoCloseable arena = (AutoCloseable) arenas.getMethod("ofShared").invoke(null)) {
            Object segment = arenas.getMethod("allocate", long.class).invoke(arena, 4L * ELEMENTS);
            ElementMemory memory = (offset, length) -> {
                try {
                    Object slice = segments.getMethod("asSlice", long.class, long.class)
                            .invoke(segment, offset, (long) length);
                    ByteBuffer view =
                            (ByteBuffer) segments.getMethod("asByteBuffer").invoke(slice);
                    return view.order(ByteOrder.nativeOrder());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };

            array.readElements(Region.all(SHAPE), memory);

            float[] found = new float[ELEMENTS];
            memory.view(0, 4 * ELEMENTS).asFloatBuffer().get(found);
            assertArrayEquals(array.readFloats(Region.all(SHAPE)), found);
        }
    }

    @Test
    void slabsEndWhereChunksDo() {
        ZarrArray array = written(ImageFormat.VERSION_2.withChunk(5, 6, 7));
        List<Long> begins = new ArrayList<>();
        ByteBuffer memory = ByteBuffer.allocate(4 * ELEMENTS);
        int plane = 17 * 19;
        ElementMemory noted = (offset, length) -> {
            begins.add(offset / 4 / plane);
            return memory.slice((int) offset, length);
        };

        new LargeRead(array, noted, LargeRead.WINDOW, 8 * plane)
                .run(Region.of(new long[] {3, 0, 0}, new long[] {20, 17, 19}));

        // the region begins at plane 3, so planes 7, 12 and 17 of it begin a chunk
        assertEquals(List.of(0L, 7L, 12L), begins);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ZarrArray array = written(ImageFormat.VERSION_2);
        Region all = Region.all(SHAPE);
        ByteBuffer small = ByteBuffer.allocate(4 * ELEMENTS - 4);
        ElementMemory memory = (offset, length) -> small.slice((int) offset, Math.min(length, small.capacity()));
        var tooSmall = assertThrows(IllegalArgumentException.class, () -> array.readElements(all, memory));
        assertTrue(String.valueOf(tooSmall.getMessage()).startsWith("the memory has "), tooSmall.toString());

        Region outside = Region.of(new long[] {0, 0, 18}, new long[] {23, 17, 2});
        assertThrows(IllegalArgumentException.class, () -> array.readElements(outside, memory));
        LargeRead wide = new LargeRead(array, memory, 10, 17 * 19 - 1);
        assertThrows(IllegalArgumentException.class, () -> wide.run(all));
    }

    private static ElementMemory part(ByteBuffer memory, ByteOrder order) {
        return (offset, length) -> memory.slice((int) offset, length).order(order);
    }

    private ZarrArray written(ImageFormat format) {
        float[] elements = new float[ELEMENTS];
        for (int i = 0; i < elements.length; i++) {
            // a plane of zeros is not stored
            elements[i] = i / (17 * 19) == 11 ? 0 : random.nextFloat();
        }
        String name = "image-" + random.nextInt(1 << 20);
        context.zarr()
                .write(
                        new StorePlace(store, name + "/"),
                        WriteCondition.ANY,
                        ImageSpec.tomogram(SHAPE, DataType.FLOAT32, 10, 1),
                        format,
                        BoxSource.of(elements, SHAPE));
        return (ZarrArray) context.zarr().open(store, name + "/0").orElseThrow();
    }

    private Region region() {
        long[] start = new long[SHAPE.length];
        long[] length = new long[SHAPE.length];
        long[] step = new long[SHAPE.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = random.nextInt((int) SHAPE[i]);
            step[i] = random.nextInt(1, random.nextBoolean() ? 2 : 4);
            length[i] = random.nextInt(1, (int) ((SHAPE[i] - start[i] - 1) / step[i]) + 2);
        }
        return Region.of(start, length, step);
    }
}
