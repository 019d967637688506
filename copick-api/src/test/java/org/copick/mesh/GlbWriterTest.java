package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that files contain everything in a scene, and that reading them returns an equal scene. */
class GlbWriterTest {
    private static final float[] CORNERS = {0, 0, 0, 10, 0, -0.1f, 0, 10.5f, 0};

    @Test
    void anEmptySceneIsANodeWithoutMeshAndNoData() {
        byte[] glb = MeshScene.empty().toGlb();

        assertDescription(
                "{'asset':{'version':'2.0','generator':'copick for Java'},'scene':0,'scenes':[{'nodes':[0]}],"
                        + "'nodes':[{'name':'geometry_0'}]}",
                glb);
        assertArrayEquals(new byte[] {0, 0, 0, 0, 'B', 'I', 'N', 0}, tail(glb, 8));
        assertArrayEquals(
                glb, MeshScene.parse(Glb.resource("copick-new.glb"), "new").toGlb());
    }

    @Test
    void trianglesAreWrittenWithRangesAndColours() {
        Geometry part = Geometry.triangles("part", CORNERS, new int[] {2, 1, 2})
                .withColors(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1});

        byte[] glb = MeshScene.of(part).toGlb();

        assertDescription("""
                {'asset':{'version':'2.0','generator':'copick for Java'},'scene':0,'scenes':[{'nodes':[0]}],\
                'nodes':[{'name':'part','mesh':0}],\
                'meshes':[{'name':'part','primitives':[{'attributes':{'POSITION':0,'COLOR_0':1},'indices':2,'mode':4}]}],\
                'accessors':[\
                {'bufferView':0,'componentType':5126,'type':'VEC3','count':3,\
                'min':[0.0,0.0,-0.10000000149011612],'max':[10.0,10.5,0.0]},\
                {'bufferView':1,'componentType':5121,'type':'VEC4','count':3,'normalized':true},\
                {'bufferView':2,'componentType':5125,'type':'SCALAR','count':3,'min':[1],'max':[2]}],\
                'bufferViews':[\
                {'buffer':0,'byteOffset':0,'byteLength':36,'target':34962},\
                {'buffer':0,'byteOffset':36,'byteLength':12,'target':34962},\
                {'buffer':0,'byteOffset':48,'byteLength':12,'target':34963}],\
                'buffers':[{'byteLength':60}]}""", glb);
        ByteBuffer data = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : CORNERS) {
            data.putFloat(number);
        }
        data.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1});
        data.putInt(2).putInt(1).putInt(2);
        assertArrayEquals(data.array(), tail(glb, 60));
    }

    @Test
    void aLineIsWrittenAsPairsOfNeighbours() {
        byte[] glb = MeshScene.of(Geometry.line("line", CORNERS)).toGlb();

        assertEquals(Glb.value("{\"attributes\":{\"POSITION\":0},\"indices\":1,\"mode\":1}"), primitive(glb));
        assertEquals(4, json(glb).at("/accessors/1/count").intValue());
        assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0}, tail(glb, 16));
    }

    @Test
    void pointsHaveNoIndices() {
        byte[] glb = MeshScene.of(Geometry.points("points", CORNERS)).toGlb();

        assertEquals(Glb.value("{\"attributes\":{\"POSITION\":0},\"mode\":0}"), primitive(glb));
    }

    @Test
    void transformsAreWrittenColumnByColumn() {
        Geometry points = Geometry.points("points", CORNERS);

        byte[] glb = MeshScene.builder()
                .place("a", points, new double[] {1, 2, 3, 1 / 3.0, 5, 6, 7, 1e-300, 9, 10, 11, -12, 0, 0, 0, 1})
                .place("b", points, new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1})
                .build()
                .toGlb();

        assertEquals(
                Glb.value("[{\"name\":\"a\",\"mesh\":0,\"matrix\":[1.0,5.0,9.0,0.0,2.0,6.0,10.0,0.0,3.0,7.0,11.0,0.0,"
                        + "0.3333333333333333,1.0E-300,-12.0,1.0]},{\"name\":\"b\",\"mesh\":0}]"),
                json(glb).get("nodes"));
        assertEquals(1, json(glb).get("meshes").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc", "abcd"})
    void theDescriptionIsPaddedWithSpaces(String name) {
        byte[] glb = MeshScene.of(Geometry.points(name, CORNERS)).toGlb();

        int length = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        assertEquals(0, length % 4);
        String json = new String(glb, 20, length, StandardCharsets.UTF_8);
        assertTrue(json.stripTrailing().endsWith("}"), json);
        assertTrue(json.length() - json.stripTrailing().length() < 4, json);
    }

    @Test
    void trianglesWithoutFacesKeepTheirVertices() {
        MeshScene scene =
                MeshScene.of(Geometry.triangles("bare", CORNERS, new int[0]).withColors(new byte[12]));

        byte[] glb = scene.toGlb();

        SameScene.assertSame(scene, MeshScene.parse(glb, "bare"), "bare");
        assertEquals(5, primitive(glb).path("mode").intValue());
        assertEquals(1, json(glb).at("/accessors/2/count").intValue());
    }

    @Test
    void emptyGeometriesAreNotWrittenButTheirNodesAre() {
        Geometry nothing =
                Geometry.triangles("nothing", new float[0], new int[0]).withColors(new byte[0]);

        byte[] glb = MeshScene.of(nothing, Geometry.points("part", CORNERS), Geometry.line("none", new float[0]))
                .toGlb();

        SameScene.assertSame(MeshScene.of(Geometry.points("part", CORNERS)), MeshScene.parse(glb, "partly"), "partly");
        assertEquals(
                Glb.value("[{\"name\":\"none\"},{\"name\":\"nothing\"},{\"name\":\"part\",\"mesh\":0}]"),
                json(glb).get("nodes"));
        JsonNode alone = json(MeshScene.of(nothing).toGlb());
        assertEquals(Glb.value("[{\"name\":\"nothing\"}]"), alone.get("nodes"));
        assertFalse(alone.has("meshes"));
        assertFalse(alone.has("accessors"));
        assertFalse(alone.has("buffers"));
    }

    @Test
    void infinityFromABrokenFileIsKeptButNotDescribed() {
        Glb broken = Glb.triangle();
        float[] odd = {Float.NaN, 0, Float.POSITIVE_INFINITY, 1, Float.NEGATIVE_INFINITY, 2, 3, 4, 5};
        broken.object("/meshes/0/primitives/0/attributes").put("POSITION", broken.floats("VEC3", odd));
        MeshScene scene = broken.scene();

        byte[] glb = scene.toGlb();

        SameScene.assertSame(scene, MeshScene.parse(glb, "odd"), "odd");
        assertFalse(json(glb).at("/accessors/0").has("min"));
        assertFalse(json(glb).at("/accessors/0").has("max"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "μ nœud",
                "𝔸",
                "\ud835 half",
                "half \udd38",
                "\"quoted\" \\ / \n \0 \u2028",
                "part_007",
                "1",
                " "
            })
    void namesAreKept(String name) {
        MeshScene scene = MeshScene.of(Geometry.points(name, CORNERS));

        SameScene.assertSame(scene, MeshScene.parse(scene.toGlb(), "named"), name);
    }

    @Test
    void randomScenesAreReadAsTheyWereWritten() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            MeshScene scene = scene(random);
            SameScene.assertSame(scene, MeshScene.parse(scene.toGlb(), "random"), "round " + round + " of seed 5");
        }
    }

    @Test
    @Timeout(120)
    void aMillionVerticesTakeNoMemoryButThatOfTheirFile() {
        int vertices = 1_000_000;
        Random random = new Random(6);
        float[] positions = new float[3 * vertices];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = 10_000 * random.nextFloat();
        }
        int[] faces = new int[vertices];
        for (int i = 0; i < faces.length - faces.length % 3; i++) {
            faces[i] = random.nextInt(vertices);
        }
        byte[] colors = new byte[4 * vertices];
        random.nextBytes(colors);
        Geometry big = Geometry.triangles("big", positions, Arrays.copyOf(faces, vertices / 3 * 3))
                .withColors(colors);
        MeshScene scene = MeshScene.of(big);

        long before = allocated();
        byte[] glb = scene.toGlb();
        long taken = allocated() - before;

        assertTrue(taken < glb.length + 1_000_000, () -> taken + " bytes for " + glb.length);
        assertTrue(glb.length < 20 * vertices + 2000, () -> glb.length + " bytes");
        SameScene.assertSame(scene, MeshScene.parse(glb, "big"), "big");
    }

    @Test
    @Timeout(120)
    void moreThanTwoGibibytesAreRefusedBeforeTheyAreAllocated() {
        float[] positions = new float[3_000_000];
        List<Geometry> copies = new ArrayList<>();
        for (int i = 0; i < 180; i++) {
            copies.add(Geometry.points("copy " + i, positions));
        }
        MeshScene scene = MeshScene.of(copies);

        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, scene::toGlb);

        assertTrue(refused.toString().contains("2160000028 bytes"), refused::toString);
        assertTrue(refused.toString().contains("a new scene"), refused::toString);
    }

    @Test
    @Timeout(120)
    void moreArraysThanCanBeReadAreRefused() {
        float[] vertex = new float[3];
        int[] faces = new int[3];
        byte[] colors = new byte[4];
        MeshScene.Builder builder = MeshScene.builder();
        for (int i = 0; i <= GltfCheck.MOST_ELEMENTS / 3; i++) {
            builder.place(Geometry.triangles(Integer.toString(i), vertex, faces).withColors(colors));
        }

        assertThrows(UnsupportedFeatureException.class, builder.build()::toGlb);
    }

    @Test
    @Timeout(120)
    void namesThatMakeTheDescriptionTooLongToBeReadAreRefused() {
        String name = "ä".repeat(1_000_000);
        MeshScene.Builder builder = MeshScene.builder();
        Geometry point = Geometry.points(name, new float[3]);
        for (int i = 0; i < 12; i++) {
            builder.place(point);
        }

        assertThrows(UnsupportedFeatureException.class, builder.build()::toGlb);
    }

    private static MeshScene scene(Random random) {
        MeshScene.Builder builder = MeshScene.builder();
        for (int g = random.nextInt(5); g >= 0; g--) {
            Geometry geometry = geometry("g" + g + (char) random.nextInt(0x10000), random);
            for (int i = random.nextInt(4); i >= 0; i--) {
                if (random.nextBoolean()) {
                    builder.place(geometry);
                } else {
                    builder.place("node " + random.nextLong(), geometry, matrix(random));
                }
            }
        }
        return builder.build();
    }

    private static Geometry geometry(String name, Random random) {
        float[] vertices = new float[3 * random.nextInt(1, 40)];
        for (int i = 0; i < vertices.length; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            vertices[i] = Float.isFinite(any) ? any : -0f;
        }
        int[] faces = new int[3 * random.nextInt(30)];
        for (int i = 0; i < faces.length; i++) {
            faces[i] = random.nextInt(vertices.length / 3);
        }
        byte[] colors = new byte[vertices.length / 3 * 4];
        random.nextBytes(colors);
        return switch (random.nextInt(5)) {
            case 0 -> Geometry.line(name, vertices);
            case 1 -> Geometry.points(name, vertices);
            case 2 -> Geometry.points(name, vertices).withColors(colors);
            case 3 -> Geometry.triangles(name, vertices, faces).withColors(colors);
            default -> Geometry.triangles(name, vertices, faces);
        };
    }

    private static double[] matrix(Random random) {
        double[] matrix = new double[16];
        for (int i = 0; i < 12; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            matrix[i] = Double.isFinite(any) ? any : -0.0;
        }
        matrix[15] = 1;
        return matrix;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static JsonNode json(byte[] glb) {
        return GlbContainer.parse(glb, "written", new Findings()).json();
    }

    private static JsonNode primitive(byte[] glb) {
        return json(glb).at("/meshes/0/primitives/0");
    }

    private static void assertDescription(String expected, byte[] glb) {
        int length = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        assertEquals(expected.replace('\'', '"'), new String(glb, 20, length, StandardCharsets.UTF_8).stripTrailing());
    }

    private static byte[] tail(byte[] glb, int length) {
        return Arrays.copyOfRange(glb, glb.length - length, glb.length);
    }
}
