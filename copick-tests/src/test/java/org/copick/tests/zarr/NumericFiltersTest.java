package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.copick.cache.ChunkCache;
import org.copick.error.CorruptDataException;
import org.copick.error.InvalidDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests codecs that transform numbers or check them; stored and read bytes come from numcodecs 0.15. */
class NumericFiltersTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // dtype, configuration, stored, read
                "<f4 | \"scale\":10,\"offset\":1000,\"dtype\":\"<f4\",\"astype\":\"u1\" | 00057bff"
                        + " | 00007a4400207a4433137d4400308044",
                "<f8 | \"scale\":100.5,\"offset\":-1.25,\"dtype\":\"<f8\",\"astype\":\">i2\" | 0000008828068ab8"
                        + " | 000000000000f4bf40c95247886dba3f98c128e0d02c5940082a67b7f0bf72c0",
                "<f4 | \"scale\":3,\"offset\":0.1,\"dtype\":\"float32\" | 000000000000a0400000e0c0007c9248"
                        + " | cdcccc3d2222e23fefee0ec00d50c347",
                "<f2 | \"scale\":7,\"offset\":2,\"dtype\":\"<f2\",\"astype\":\"int32\""
                        + " | 0000000004000000ae020000bfffffff | 00402541405649c7",
                "<i4 | \"scale\":2,\"offset\":100000,\"dtype\":\"<i4\",\"astype\":\"<i2\" | 0000020030f8fe7f"
                        + " | a0860100a1860100b88201009fc60100",
                "<u8 | \"scale\":1,\"offset\":0,\"dtype\":\"u8\""
                        + " | 0000000000000000010000000000000000000000000100000000000000002000"
                        + " | 0000000000000000010000000000000000000000000100000000000000002000"
            })
    void fixedScaleOffset(String type, String configuration, String stored, String read) {
        String metadata = v2(type, "{\"id\":\"fixedscaleoffset\"," + configuration + "}", "null");

        assertEquals(read, read(metadata, stored));
        assertEquals(stored, rewritten(metadata, stored));
    }

    @ParameterizedTest
    @CsvSource({
        "<i4, int32, i1, 6401fe89, 640000006500000063000000ecffffff",
        "<i4, =i4, int8, 6401fe89, 640000006500000063000000ecffffff",
        "<u2, uint16, i1, 6401feb1, 6400650063001400",
        ">i8, >i8, >i8, 0000000000000001fffffeffffffffff00000100000000073ffffffffffffff9,"
                + " 01000000000000000000000000ffffff07000000000000000000000000000040"
    })
    void deltaInAnySpelling(String type, String decoded, String stored, String packed, String read) {
        String metadata =
                v2(type, "{\"id\":\"delta\",\"dtype\":\"" + decoded + "\",\"astype\":\"" + stored + "\"}", "null");

        assertEquals(read, read(metadata, packed));
        assertEquals(packed, rewritten(metadata, packed));
    }

    @Test
    void deltaOfHalvesIsReadOnly() {
        String metadata = v2("<f2", "{\"id\":\"delta\",\"dtype\":\"<f2\"}", "null");

        assertEquals("003e8040d06380c7", read(metadata, "003e003acc63dfe3"));
        assertThrows(UnsupportedFeatureException.class, () -> rewritten(metadata, "003e003acc63dfe3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"numcodecs.delta\",\"configuration\":{\"dtype\":\"int32\",\"astype\":\"int16\"}}",
                "{\"name\":\"numcodecs.delta\",\"configuration\":{\"dtype\":\"<i4\",\"astype\":\"i2\"}}",
                "{\"name\":\"numcodecs.delta\",\"configuration\":{\"dtype\":\"int32\",\"astype\":\"<i2\"}}"
            })
    void deltaOfVersion3(String filter) {
        String metadata = v3("int32", filter);

        assertEquals("640000006500000063000000ecffffff", read(metadata, "64000100feff89ff"));
        assertEquals("64000100feff89ff", rewritten(metadata, "64000100feff89ff"));
    }

    @Test
    void fixedScaleOffsetOfVersion3TakesTheTypeOfTheArray() {
        String filter = "{\"name\":\"numcodecs.fixedscaleoffset\",\"configuration\":"
                + "{\"scale\":10,\"offset\":1000,\"astype\":\"uint8\"}}";

        assertEquals("00007a4400207a4433137d4400308044", read(v3("float32", filter), "00057bff"));
    }

    @Test
    void fletcher32IsCheckedAndWritten() {
        String metadata = v2("<u2", "{\"id\":\"fletcher32\"}", "null");
        String stored = "0001020304050607" + "100c1e14";
        String asCompressor = v2("<u2", null, "{\"id\":\"fletcher32\"}");

        assertEquals("0001020304050607", read(metadata, stored));
        assertEquals(stored, rewritten(metadata, stored));
        assertEquals("0001020304050607", read(asCompressor, stored));
        CorruptDataException broken =
                assertThrows(CorruptDataException.class, () -> read(metadata, stored.replace("100c", "110c")));
        assertTrue(broken.getMessage().contains("fletcher32"), broken::toString);
        assertThrows(CorruptDataException.class, () -> read(metadata, "0001020304050608" + "100c1e14"));
        assertThrows(CorruptDataException.class, () -> read(metadata, "0102"));
    }

    @ParameterizedTest
    @CsvSource({
        // (i * 37 + 11) % 256 for i below the length; the sums wrap after 360 words, and one length is odd
        "8, 7de9c755",
        "7, 6fe9b955",
        "1442, a9714fb2"
    })
    void fletcher32OfAnyLength(int length, String sum) {
        byte[] stored = new byte[length + 4];
        for (int i = 0; i < length; i++) {
            stored[i] = (byte) (i * 37 + 11);
        }
        System.arraycopy(HEX.parseHex(sum), 0, stored, length, 4);
        String metadata = "{\"zarr_format\":2,\"shape\":[" + length + "],\"chunks\":[" + length + "],"
                + "\"dtype\":\"|u1\",\"compressor\":{\"id\":\"fletcher32\"},\"filters\":null,\"fill_value\":0,"
                + "\"order\":\"C\"}";

        assertEquals(HEX.formatHex(stored, 0, length), read(metadata, HEX.formatHex(stored)));
    }

    @Test
    void numbersThatDoNotFitAreRefusedBeforeTheyAreStored() {
        MemoryStore store = store(
                v2(
                        "<f4",
                        "{\"id\":\"fixedscaleoffset\",\"scale\":10,\"offset\":0,\"dtype\":\"<f4\",\"astype\":\"u1\"}",
                        "null"),
                "00057bff");
        ZarrArray array = open(store);

        for (float value : new float[] {25.6f, -0.1f, 0.123f, Float.NaN, Float.POSITIVE_INFINITY}) {
            InvalidDataException refused = assertThrows(
                    InvalidDataException.class,
                    () -> array.writeRegion(Region.of(new long[] {1}, new long[] {1}), new float[] {value}));
            assertTrue(refused.getMessage().contains("memory:"), refused::toString);
            assertTrue(refused.getMessage().contains("fixedscaleoffset"), refused::toString);
        }
        assertArrayEquals(
                HEX.parseHex("00057bff"), store.read("a/0").orElseThrow().bytes());

        MemoryStore steep =
                store(v2("<i4", "{\"id\":\"delta\",\"dtype\":\"<i4\",\"astype\":\"i1\"}", "null"), "6401fe89");
        assertThrows(
                InvalidDataException.class,
                () -> open(steep)
                        .writeRegion(
                                Region.of(new long[] {0}, new long[] {1}),
                                ByteBuffer.allocate(4).putInt(0, 1000)));
    }

    @Test
    void aFilterMayNarrowElementsBeforeBlosc() {
        String filter = "{\"id\":\"fixedscaleoffset\",\"scale\":2,\"offset\":0,\"dtype\":\"<f4\",\"astype\":\"u1\"}";
        String metadata = v2("<f4", filter, "{\"id\":\"blosc\"}").replace("[4]", "[5]");
        MemoryStore store = store(metadata, "");
        store.delete("a/0");
        float[] values = {1, 4, 2, 3, 5};

        open(store).writeRegion(Region.all(new long[] {5}), values);

        assertArrayEquals(values, open(store).readFloats(Region.all(new long[] {5})));
    }

    @Test
    void anElementThatIsNoNumberIsKeptByFiltersOfFloats() {
        MemoryStore store = store(
                v2("<f4", "{\"id\":\"fixedscaleoffset\",\"scale\":2,\"offset\":1,\"dtype\":\"<f4\"}", "null"),
                "00000000000000000000000000000000");
        float[] values = {1, Float.NaN, 2, Float.NEGATIVE_INFINITY};

        open(store).writeRegion(Region.all(new long[] {4}), values);

        assertArrayEquals(values, open(store).readFloats(Region.all(new long[] {4})));
    }

    @Test
    void aBigEndianTypeInVersion3IsNotGuessed() {
        String filter = "{\"name\":\"numcodecs.delta\",\"configuration\":{\"dtype\":\">i4\"}}";

        assertThrows(
                UnsupportedFeatureException.class, () -> read(v3("int32", filter), "01000000010000000100000001000000"));
    }

    private static String v2(String type, String filter, String compressor) {
        return "{\"zarr_format\":2,\"shape\":[4],\"chunks\":[4],\"dtype\":\"" + type + "\",\"compressor\":" + compressor
                + ",\"filters\":" + (filter == null ? "null" : "[" + filter + "]")
                + ",\"fill_value\":0,\"order\":\"C\"}";
    }

    private static String v3(String type, String filter) {
        return "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[4],\"data_type\":\"" + type + "\","
                + "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[4]}},"
                + "\"chunk_key_encoding\":{\"name\":\"v2\"},\"fill_value\":0,\"codecs\":[" + filter
                + ",{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}}]}";
    }

    private static MemoryStore store(String metadata, String chunk) {
        MemoryStore store = new MemoryStore();
        String name = metadata.contains("\"zarr_format\":2") ? ".zarray" : "zarr.json";
        store.write("a/" + name, metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        store.write("a/0", HEX.parseHex(chunk), WriteCondition.ANY);
        return store;
    }

    private static ZarrArray open(MemoryStore store) {
        return (ZarrArray) new Zarr(ChunkCache.ofBytes(0)).open(store, "a").orElseThrow();
    }

    private static String read(String metadata, String chunk) {
        ZarrArray array = open(store(metadata, chunk));
        byte[] bytes =
                new byte[Math.toIntExact(array.shape()[0]) * array.dataType().bytes()];
        array.readBytes(Region.all(array.shape()), bytes);
        return HEX.formatHex(bytes);
    }

    /** Reads all elements, writes them again and returns the stored bytes. */
    private static String rewritten(String metadata, String chunk) {
        MemoryStore store = store(metadata, chunk);
        ZarrArray array = open(store);
        ByteBuffer elements = ByteBuffer.allocate(
                Math.toIntExact(array.shape()[0]) * array.dataType().bytes());
        array.readElements(Region.all(array.shape()), elements);
        array.writeRegion(Region.all(array.shape()), elements);
        return HEX.formatHex(store.read("a/0").orElseThrow().bytes());
    }
}
