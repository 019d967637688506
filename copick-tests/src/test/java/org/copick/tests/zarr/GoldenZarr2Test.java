package org.copick.tests.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.copick.cache.ChunkCache;
import org.copick.error.UnsupportedFeatureException;
import org.copick.internal.json.JsonTree;
import org.copick.zarr.DataType;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests every array that zarr-python 2 wrote.
 *
 * <p>It either has the values that zarr-python reads, or uses a rare codec that is refused by name.
 */
class GoldenZarr2Test {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> NOT_READ = Set.of("astype", "lzma", "packbits");

    @TestFactory
    Stream<DynamicTest> everyArrayIsWhatPythonReads() throws IOException {
        JsonNode arrays = json("manifest.json").get("arrays");
        assertEquals(184, arrays.size());
        return arrays.valueStream()
                .map(wanted -> DynamicTest.dynamicTest(wanted.get("path").asText(), () -> check(wanted)));
    }

    private static void check(JsonNode wanted) throws IOException {
        String path = wanted.get("path").asText();
        JsonNode metadata = json(path + "/.zarray");
        List<String> refused = Stream.concat(
                        metadata.get("filters").valueStream(), Stream.of(metadata.get("compressor")))
                .map(codec -> codec.path("id").asText())
                .filter(NOT_READ::contains)
                .toList();
        if (!refused.isEmpty()) {
            assertEquals("rare", wanted.get("tier").asText());
            UnsupportedFeatureException error = assertThrows(UnsupportedFeatureException.class, () -> open(path));
            String told = String.valueOf(error.getMessage());
            assertTrue(told.startsWith("unsupported codec \"" + refused.get(0) + "\" in memory:"), told);
            assertTrue(told.endsWith("/" + path), told);
            return;
        }
        ZarrArray array = open(path);
        assertEquals(2, array.zarrFormat());
        assertArrayEquals(longs(wanted.get("shape")), array.shape());
        assertArrayEquals(longs(wanted.get("chunks")), array.chunkShape());
        assertTrue(array.shardShape().isEmpty());
        assertEquals(wanted.get("dtype").asText(), array.numpyType());
        assertEquals(wanted.get("order").asText(), String.valueOf(array.order()));
        assertEquals(JsonTree.plain(wanted.get("attributes")), array.attributes());
        if (wanted.get("fill_value").isNull()) {
            assertEquals(Optional.empty(), array.fillValue());
        } else {
            assertEquals(
                    text(wanted.get("fill_value")),
                    String.valueOf(array.fillValue().orElseThrow()));
        }
        assertEquals(wanted.get("sha256").asText(), sha256(array));
        for (JsonNode spot : wanted.get("spots")) {
            assertEquals(text(spot.get(1)), element(array, longs(spot.get(0))), spot::toString);
        }
    }

    /** Returns one element, read on its own, as text. */
    private static String element(ZarrArray array, long[] index) {
        long[] one = new long[index.length];
        Arrays.fill(one, 1);
        Region here = Region.of(index, one);
        if (array.dataType().isFloat()) {
            double[] decimal = new double[1];
            array.read(here, decimal);
            return String.valueOf(decimal[0]);
        }
        long[] integer = new long[1];
        array.read(here, integer);
        return switch (array.dataType()) {
            case BOOL -> String.valueOf(integer[0] == 1);
            case UINT64 -> Long.toUnsignedString(integer[0]);
            default -> String.valueOf(integer[0]);
        };
    }

    /** Returns a value of the manifest in Java's notation, which keeps all digits. */
    private static String text(JsonNode value) {
        return value.isFloatingPointNumber() ? String.valueOf(value.doubleValue()) : value.asText();
    }

    private static String sha256(ZarrArray array) {
        Region all = Region.all(array.shape());
        byte[] bytes = new byte[Math.toIntExact(all.size()) * array.dataType().bytes()];
        array.readBytes(all, bytes);
        if (array.dataType() == DataType.BOOL) {
            for (byte flag : bytes) {
                assertTrue(flag == 0 || flag == 1);
            }
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static ZarrArray open(String path) {
        return (ZarrArray) new Zarr(ChunkCache.ofBytes(1 << 20))
                .open(Corpus.ZARR2.store(), path)
                .orElseThrow();
    }

    private static JsonNode json(String key) throws IOException {
        return MAPPER.readTree(Corpus.ZARR2.store().read(key).orElseThrow().bytes());
    }

    private static long[] longs(JsonNode list) {
        return list.valueStream().mapToLong(JsonNode::longValue).toArray();
    }
}
