package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.copick.cache.ChunkCache;
import org.copick.error.CopickException;
import org.copick.error.CorruptDataException;
import org.copick.storage.WriteCondition;
import org.copick.tests.MemoryStore;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests metadata in the notations of other writers; the expected values are those that zarr-python 2.18 or 3.1 reads.
 */
class SpelledMetadataTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // dtype, fill value, one element
                "<i4 ; \"7\" ; 07000000",
                "<i4 ; \"0\" ; 00000000",
                "<i4 ; \" -7 \" ; f9ffffff",
                "<i4 ; \"+7\" ; 07000000",
                ">i4 ; \"7\" ; 07000000",
                "<i4 ; 7.0 ; 07000000",
                "<i4 ; true ; 01000000",
                "<i4 ; null ; 00000000",
                "|u1 ; false ; 00",
                "|u1 ; \"255\" ; ff",
                "|i1 ; \"-128\" ; 80",
                "<u8 ; \"18446744073709551615\" ; ffffffffffffffff",
                "<f4 ; \"0\" ; 00000000",
                "<f4 ; \"7\" ; 0000e040",
                "<f4 ; \"7.5\" ; 0000f040",
                "<f4 ; \"1e3\" ; 00007a44",
                "<f4 ; \"nan\" ; 0000c07f",
                "<f4 ; \"NaN\" ; 0000c07f",
                "<f4 ; \"inf\" ; 0000807f",
                "<f4 ; \"-Infinity\" ; 000080ff",
                "<f4 ; true ; 0000803f",
                "<f8 ; \"-7.25\" ; 0000000000001dc0",
                "<f2 ; \"1.5\" ; 003e",
                "|b1 ; 0 ; 00",
                "|b1 ; true ; 01"
            })
    void fillValues(String type, String fill, String expected) {
        assertEquals(expected + expected, read(v2(type, fill), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<i4 | \"7.0\"",
                "<i4 | \"1e3\"",
                "<i4 | \"\"",
                "<i4 | \"seven\"",
                "|u1 | \"256\"",
                "|u1 | \"-1\"",
                "<f4 | \"\"",
                "<f4 | \"1,5\"",
                "|b1 | \"false\"",
                "|b1 | \"0\""
            })
    void fillValuesOfAnotherTypeAreRefused(String text) {
        String[] parts = text.split(" \\| ", -1);
        CopickException refused = assertThrows(CopickException.class, () -> read(v2(parts[0], parts[1]), null));

        assertTrue(refused.getMessage().contains("fill_value"), refused::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "float32, 0000803f00000040",
        "=f4, 0000803f00000040",
        "f4, 0000803f00000040",
        "|f4, 0000803f00000040",
        "f, 0000803f00000040",
        "<f, 0000803f00000040",
        "single, 0000803f00000040",
        "int32, 0100000002000000",
        "=i4, 0100000002000000",
        "i, 0100000002000000",
        ">i, 0000000100000002",
        "uint16, 01000200",
        "=u2, 01000200",
        "H, 01000200",
        "uint8, 0102",
        "B, 0102",
        "<u1, 0102",
        "ubyte, 0102",
        "int8, 01ff",
        "b, 01ff",
        "bool, 0100",
        "?, 0100",
        "|?, 0100",
        "float16, 003c0040",
        "e, 003c0040",
        "double, 000000000000f03f0000000000000040",
        "float, 000000000000f03f0000000000000040",
        "d, 000000000000f03f0000000000000040",
        "int, 01000000000000000200000000000000",
        "l, 01000000000000000200000000000000",
        "uint64, 01000000000000000200000000000000"
    })
    void typesOfElements(String type, String chunk) {
        String expected = type.startsWith(">") ? "0100000002000000" : chunk;
        assertEquals(expected, read(v2(type, "0"), chunk));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"zarr_format\":2 | \"zarr_format\":2.0",
                "\"shape\":[2] | \"shape\":2",
                "\"chunks\":[2] | \"chunks\":2",
                "\"filters\":null | \"filters\":{}",
                "\"filters\":null | \"filters\":[]",
                "\"order\":\"C\" | \"order\":\"f\"",
                "\"order\":\"C\" | \"order\":\"C\",\"dimension_separator\":null"
            })
    void otherFields(String usual, String spelled) {
        String metadata = v2("<u2", "0");
        assertTrue(metadata.contains(usual));
        assertEquals("01000200", read(metadata.replace(usual, spelled), "01000200"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"bytes\"}",
                "{\"name\":\"bytes\",\"configuration\":{}}",
                "{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}}",
                "\"bytes\""
            })
    void bytesWithoutAnOrderAreLittleEndian(String codec) {
        assertEquals("0000803f00000040", read3("float32", "0", codec, "0000803f00000040"));
    }

    @ParameterizedTest
    @CsvSource({
        "float32, \"7\", 0000e040",
        "float32, \"0x40e00000\", 0000e040",
        "float32, \"0x4049\", 00200940",
        "float64, \"0x41200000\", 0000000000002440",
        "int32, \"7\", 07000000",
        "uint8, false, 00"
    })
    void fillValuesOfVersion3(String type, String fill, String expected) {
        assertEquals(expected + expected, read3(type, fill.replace("'", "\""), "{\"name\":\"bytes\"}", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"default\",\"separator\":\".\"} | c.0.0",
                "{\"name\":\"default\",\"separator\":\"/\"} | c/0/0",
                "{\"name\":\"default\",\"configuration\":{\"separator\":\".\"}} | c.0.0",
                "{\"name\":\"default\",\"separator\":\".\",\"configuration\":{\"separator\":\"/\"}} | c.0.0",
                "{\"name\":\"v2\",\"separator\":\"/\"} | 0/0",
                "{\"name\":\"v2\"} | 0.0",
                "\"default\" | c/0/0"
            })
    void separatorsOfKeysMayStandBesideTheName(String encoding, String key) {
        MemoryStore store = new MemoryStore();
        String metadata =
                v3("uint8", "0", "\"bytes\"").replace("[2]", "[1,2]").replace("{\"name\":\"default\"}", encoding);
        assertTrue(metadata.contains(encoding));
        store.write("a/zarr.json", metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        store.write("a/" + key, HEX.parseHex("0708"), WriteCondition.ANY);
        assertEquals("0708", elements(store));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"chunk_shape\":[2]",
                "\"chunk_shape\":[2],\"codecs\":[\"bytes\"]",
                "\"chunk_shape\":[2],\"index_codecs\":[{\"name\":\"bytes\"},\"crc32c\"]",
                "\"chunk_shape\":[2],\"codecs\":[{\"name\":\"bytes\"}],\"index_location\":\"end\""
            })
    void shardsNeedNotNameTheirCodecs(String configuration) {
        ByteBuffer shard = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        shard.put((byte) 7).put((byte) 8).putLong(0).putLong(2);
        CRC32C checksum = new CRC32C();
        checksum.update(shard.array(), 2, 16);
        shard.putInt((int) checksum.getValue());
        String codec = "{\"name\":\"sharding_indexed\",\"configuration\":{" + configuration + "}}";
        assertEquals("0708", read3("uint8", "0", codec, HEX.formatHex(shard.array())));
        assertThrows(
                CorruptDataException.class,
                () -> read3(
                        "uint8", "0", codec, HEX.formatHex(shard.putInt(18, 0).array())));
    }

    private static String read3(String type, String fill, String codec, String chunk) {
        return read(v3(type, fill, codec), chunk);
    }

    private static String v3(String type, String fill, String codec) {
        return "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[2],\"data_type\":\"" + type + "\","
                + "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[2]}},"
                + "\"chunk_key_encoding\":{\"name\":\"default\"},\"fill_value\":" + fill + ",\"codecs\":[" + codec
                + "]}";
    }

    private static String v2(String type, String fill) {
        return "{\"zarr_format\":2,\"shape\":[2],\"chunks\":[2],\"dtype\":\"" + type + "\",\"compressor\":null,"
                + "\"filters\":null,\"fill_value\":" + fill + ",\"order\":\"C\"}";
    }

    /** The two elements of an array, little-endian. */
    private static String read(String metadata, String chunk) {
        MemoryStore store = new MemoryStore();
        boolean older = metadata.contains("\"zarr_format\":2");
        store.write(older ? "a/.zarray" : "a/zarr.json", metadata.getBytes(StandardCharsets.UTF_8), WriteCondition.ANY);
        if (chunk != null) {
            store.write(older ? "a/0" : "a/c/0", HEX.parseHex(chunk), WriteCondition.ANY);
        }
        return elements(store);
    }

    private static String elements(MemoryStore store) {
        ZarrArray array =
                (ZarrArray) new Zarr(ChunkCache.ofBytes(0)).open(store, "a").orElseThrow();
        byte[] bytes = new byte[2 * array.dataType().bytes()];
        array.readBytes(Region.all(array.shape()), bytes);
        return HEX.formatHex(bytes);
    }
}
