package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the chunks of a file and their lengths, and that wrong ones are refused. */
class GlbContainerTest {
    private static final int JSON = 0x4e4f534a;
    private static final int BINARY = 0x004e4942;

    @Test
    void aTruncatedFileIsRefused() {
        byte[] whole = Glb.triangle().bytes();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "of length " + length);
        }
    }

    @Test
    void aTruncatedFileWithMatchingLengthIsRefused() {
        byte[] whole = Glb.triangle().bytes();
        for (int length = 12; length < whole.length; length++) {
            assertRefused(withInt(Arrays.copyOf(whole, length), 8, length), "of length " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aLengthOtherThanTheFilesIsRefused(int length) {
        assertRefused(withInt(Glb.triangle().bytes(), 8, length), "length " + length);
    }

    @Test
    void aWrongLengthOfTheFirstChunkIsRefused() {
        byte[] whole = Glb.triangle().bytes();
        int right = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        int spaces = 0;
        while (whole[20 + right - 1 - spaces] == ' ') {
            spaces++;
        }
        for (int length = 0; length < whole.length; length++) {
            if (length < right - spaces || length > right) {
                assertRefused(withInt(whole.clone(), 12, length), "JSON of length " + length);
            }
        }
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertRefused(withInt(whole.clone(), 12, length), "JSON of length " + length);
        }
    }

    @Test
    void bytesAfterTheFileAreIgnored() {
        byte[] whole = Glb.triangle().bytes();

        MeshScene scene = MeshScene.parse(Arrays.copyOf(whole, whole.length + 5), "file");

        assertEquals(1, scene.geometries().size());
    }

    @Test
    void chunksOfUnknownTypesAreIgnored() {
        byte[] data = positions();
        byte[] file = file(JSON, triangle(data.length), 0x1234, new byte[8], BINARY, data, 0x5678, new byte[4]);

        assertEquals(1, MeshScene.parse(file, "file").geometries().size());
    }

    @Test
    void theDescriptionComesFirst() {
        byte[] data = positions();
        assertRefused(file(BINARY, data, JSON, triangle(data.length)), "data first");
        assertRefused(file(0x1234, new byte[8], JSON, triangle(data.length), BINARY, data), "something first");
    }

    @Test
    void dataMayBeMissingOnlyWhereNothingRefersToThem() {
        assertRefused(file(JSON, triangle(36)), "no data");
        assertEquals(
                0, MeshScene.parse(file(JSON, text("{}")), "file").geometries().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "1",
                "\"{}\"",
                "[]",
                "[{}]",
                "{",
                "{} {",
                "{\"a\":}",
                "{'a': 1}",
                "{\"a\" 1}"
            })
    void aDescriptionThatIsNotAnObjectIsRefused(String json) {
        assertRefused(Glb.container(text(json), new byte[0]), json);
    }

    @Test
    void aDescriptionThatIsNotTextIsRefused() {
        assertRefused(Glb.container(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, new byte[0]), "not UTF-8");
        assertRefused(Glb.container(new byte[] {'{', '}', 0, ' '}, new byte[0]), "a zero that is no padding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":[", "{\"meshes\":[{\"extras\":["})
    void aDescriptionOfGreatDepthIsRefused(String open) {
        assertRefused(Glb.container(text(open.repeat(100_000)), new byte[0]), open);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/hostname", "hostname.bin", "../a.bin", "data:application/octet-stream;base64,AAAA"})
    void dataOutsideOfTheFileAreRefused(String uri) {
        Glb glb = Glb.triangle();
        glb.json.putArray("buffers").addObject().put("uri", uri).put("byteLength", 3);

        assertThrows(UnsupportedFeatureException.class, glb::scene);
    }

    @Test
    void noHostIsAskedForData() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String uri = "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/a";
            Glb pictures = Glb.triangle();
            pictures.json.putArray("images").addObject().put("uri", uri);
            pictures.json.putArray("textures").addObject().put("source", 0);
            pictures.json
                    .putArray("materials")
                    .addObject()
                    .putObject("pbrMetallicRoughness")
                    .putObject("baseColorTexture")
                    .put("index", 0);
            pictures.primitive().put("material", 0);
            pictures.json.put("$schema", uri);
            Glb elsewhere = Glb.triangle();
            elsewhere.json.putArray("buffers").addObject().put("uri", uri).put("byteLength", 42);

            assertEquals(1, pictures.scene().geometries().size());
            assertThrows(UnsupportedFeatureException.class, elsewhere::scene);

            server.setSoTimeout(100);
            assertThrows(SocketTimeoutException.class, server::accept);
        }
    }

    private static void assertRefused(byte[] file, String what) {
        assertThrows(CorruptDataException.class, () -> MeshScene.parse(file, "file"), what);
    }

    private static byte[] positions() {
        ByteBuffer data = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0});
        return data.array();
    }

    /** Returns the JSON of one triangle whose vertices are all the data. */
    private static byte[] triangle(int length) {
        String json = """
                {"asset": {"version": "2.0"}, "buffers": [{"byteLength": %1$d}],
                 "bufferViews": [{"buffer": 0, "byteLength": %1$d}],
                 "accessors": [{"bufferView": 0, "componentType": 5126, "type": "VEC3", "count": 3}],
                 "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}]}""".formatted(length);
        return text(json + " ".repeat(3 - (json.length() + 3) % 4));
    }

    /** Returns a file with these chunks, given as types and bytes in turn. */
    private static byte[] file(Object... typesAndBytes) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = 0; i < typesAndBytes.length; i += 2) {
            byte[] bytes = (byte[]) typesAndBytes[i + 1];
            ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            chunks.writeBytes(
                    head.putInt(bytes.length).putInt((Integer) typesAndBytes[i]).array());
            chunks.writeBytes(bytes);
        }
        ByteBuffer file = ByteBuffer.allocate(12 + chunks.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("glTF")).putInt(2).putInt(file.capacity()).put(chunks.toByteArray());
        return file.array();
    }

    private static byte[] withInt(byte[] file, int at, int value) {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return file;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
