package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests messages and findings about files of other programs. */
class MeshFindingsTest {
    private static final String CONVERTS = "; importing the file again with \"copick add mesh\" converts it: ";

    @Test
    void coloursAreReadBesideAMaterial() {
        Glb glb = Glb.triangle();
        byte[] rgba = {(byte) 255, 0, 0, (byte) 255, 0, 1, 2, 3, 4, 5, 6, 7};
        int colors = glb.accessor(glb.view(rgba), GltfCheck.UNSIGNED_BYTE, "VEC4", 3);
        glb.object("/accessors/" + colors).put("normalized", true);
        glb.object("/meshes/0/primitives/0/attributes").put("COLOR_0", colors);
        assertFalse(glb.scene().geometries().get(0).hasMaterial());

        glb.json.putArray("materials").addObject().put("doubleSided", true);
        glb.primitive().put("material", 0);
        MeshScene scene = glb.scene();

        assertTrue(scene.geometries().get(0).hasMaterial());
        assertArrayEquals(rgba, scene.geometries().get(0).colors());
        Geometry written =
                MeshScene.parse(scene.toGlb(), "written").geometries().get(0);
        assertArrayEquals(rgba, written.colors());
        assertFalse(written.hasMaterial());
    }

    @Test
    void namesKeepNoControlCharacters() {
        Glb glb = Glb.triangle();
        glb.object("/nodes/0")
                .put("name", "a\ncopick: \u001b[31m\u009b1m\u007f\r")
                .put("skin", 0);

        String finding = glb.scene().findings().get(0);

        assertTrue(finding.endsWith(": a\\u000acopick: \\u001b[31m\\u009b1m\\u007f\\u000d"), finding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.1|mesh needs glTF 2.1; save it as glTF 2.0",
                "3.0|mesh needs glTF 3.0; save it as glTF 2.0",
                "10.0|mesh needs glTF 10.0; save it as glTF 2.0"
            })
    void filesThatOlderReadersMisreadAreRefused(String version, String told) {
        Glb glb = Glb.triangle();
        glb.object("/asset").put("minVersion", version);

        assertEquals(
                told,
                assertThrows(UnsupportedFeatureException.class, glb::scene).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"2.0", "1.9", "two"})
    void otherVersionsAreRead(String version) {
        Glb glb = Glb.triangle();
        glb.object("/asset").put("minVersion", version).put("version", "2.5");

        assertEquals(3, glb.scene().geometries().get(0).faces().length);
    }

    @Test
    void dataOutsideTheChunkAreRefusedByKind() {
        Glb glb = Glb.triangle();
        glb.json
                .putArray("buffers")
                .addObject()
                .put("byteLength", 42)
                .put("uri", "data:application/octet-stream;base64,AAAA");

        assertEquals(
                "mesh: its buffer is a data URI; save it as GLB with embedded data",
                assertThrows(UnsupportedFeatureException.class, glb::scene).getMessage());
        assertEquals(
                "a.glb is glTF text; save it as GLB (.glb)",
                assertThrows(
                                UnsupportedFeatureException.class,
                                () -> MeshScene.parse("\n{\"asset\": {}}".getBytes(StandardCharsets.US_ASCII), "a.glb"))
                        .getMessage());
    }

    @Test
    void noElementsMakeAnEmptyGeometry() {
        Glb glb = Glb.triangle();
        glb.object("/accessors/0").put("count", 0);
        glb.primitive().remove("indices");

        Geometry geometry = glb.scene().geometries().get(0);

        assertEquals(0, geometry.vertices().length);
        assertEquals(0, geometry.faces().length);
        assertEquals(Geometry.Kind.TRIANGLES, geometry.kind());
        glb.primitive().put("indices", glb.accessor(0, GltfCheck.UNSIGNED_INT, "SCALAR", 0));
        assertEquals(0, glb.scene().geometries().get(0).faces().length);
    }

    @Test
    void zerosAfterTheJsonAreIgnored() {
        for (String name : new String[] {"", "a", "ab", "abc"}) {
            Glb glb = Glb.triangle();
            glb.object("/nodes/0").put("name", name);
            byte[] file = glb.bytes();
            int at = 20 + (file[12] & 0xff) + 256 * (file[13] & 0xff);
            int zeros = 0;
            while (file[at - 1 - zeros] == ' ') {
                file[at - 1 - zeros++] = 0;
            }

            MeshScene scene = MeshScene.parse(file, "mesh");

            assertEquals(3, scene.flatten().faces().length, name);
            assertEquals(
                    zeros == 0
                            ? List.of()
                            : List.of("zeros behind the JSON, which Python copick may refuse" + CONVERTS + zeros),
                    scene.findings());
            assertEquals(List.of(), scene.losses());
        }
    }

    @Test
    void bytesAfterTheDeclaredLengthAreNamed() {
        byte[] file = Glb.triangle().bytes();

        MeshScene scene = MeshScene.parse(Arrays.copyOf(file, file.length + 8), "mesh");

        assertEquals(
                List.of("bytes behind the length that the file declares, which Python copick may refuse" + CONVERTS
                        + 8),
                scene.findings());
        assertEquals(List.of(), scene.losses());
    }

    @Test
    void matricesThatAreNotAffineAreNamed() {
        Glb glb = Glb.triangle();
        ArrayNode columns = glb.object("/nodes/0").put("name", "n").putArray("matrix");
        for (double number : new double[] {1, 0, 0, 0.5, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}) {
            columns.add(number);
        }

        assertEquals(
                List.of("matrices whose last row is not 0, 0, 0, 1, which is not applied; nodes: n"),
                glb.scene().losses());
        columns.set(3, 0);
        assertEquals(List.of(), glb.scene().findings());
    }

    @Test
    void hiddenNodesAreNamed() {
        Glb glb = Glb.triangle();
        var visibility =
                glb.object("/nodes/0").put("name", "n").putObject("extensions").putObject("KHR_node_visibility");
        assertEquals(List.of(), glb.scene().findings(), "nodes are visible by default");
        visibility.put("visible", false);

        assertEquals(
                List.of("KHR_node_visibility is not applied, so hidden nodes are shown: n"),
                glb.scene().losses());
    }
}
