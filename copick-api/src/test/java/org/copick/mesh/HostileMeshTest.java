package org.copick.mesh;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that any file is either read or refused with a typed error, quickly and in little memory. */
class HostileMeshTest {
    static Stream<Arguments> lies() {
        return Stream.of(
                lie("a view beyond the data", g -> g.object("/bufferViews/0").put("byteLength", 1000)),
                lie(
                        "a view from beyond the data",
                        g -> g.object("/bufferViews/0").put("byteOffset", 1 << 30)),
                lie("a view of 2^62 bytes", g -> g.object("/bufferViews/0").put("byteLength", 1L << 62)),
                lie("a view of another buffer", g -> g.object("/bufferViews/0").put("buffer", 1)),
                lie(
                        "a view of a negative buffer",
                        g -> g.object("/bufferViews/0").put("buffer", -1)),
                lie("a stride of nothing", g -> g.object("/bufferViews/0").put("byteStride", 0)),
                lie("a stride beyond the data", g -> g.object("/bufferViews/0").put("byteStride", 252)),
                lie("a view that is text", g -> g.list("bufferViews").set(0, "view")),
                lie("views that are no list", g -> g.json.put("bufferViews", 7)),
                lie("an accessor that is null", g -> g.list("accessors").setNull(0)),
                lie(
                        "more vertices than there are",
                        g -> g.object("/accessors/0").put("count", 4)),
                lie("2^31 vertices", g -> g.object("/accessors/0").put("count", 1L << 31)),
                lie("2^31 - 1 vertices", g -> g.object("/accessors/0").put("count", Integer.MAX_VALUE)),
                lie("minus one vertex", g -> g.object("/accessors/0").put("count", -1)),
                lie("vertices as text", g -> g.object("/accessors/0").put("count", "3")),
                lie("2^31 - 1 vertices of nothing", g -> {
                    g.object("/accessors/0").put("count", Integer.MAX_VALUE).remove("bufferView");
                }),
                lie(
                        "an accessor that begins late",
                        g -> g.object("/accessors/0").put("byteOffset", 4)),
                lie("vertices of two numbers", g -> g.object("/accessors/0").put("type", "VEC2")),
                lie("vertices of an unknown type", g -> g.object("/accessors/0").put("type", "VEC9")),
                lie(
                        "vertices of wide whole numbers",
                        g -> g.object("/accessors/0").put("componentType", GltfCheck.UNSIGNED_INT)),
                lie("indices of floats", g -> g.object("/accessors/1").put("componentType", GltfCheck.FLOAT)),
                lie(
                        "a face of vertices that are not there",
                        g -> g.primitive()
                                .put(
                                        "indices",
                                        g.accessor(
                                                g.view(new byte[] {0, 1, 3}), GltfCheck.UNSIGNED_BYTE, "SCALAR", 3))),
                lie(
                        "a face of two vertices",
                        g -> g.primitive()
                                .put(
                                        "indices",
                                        g.accessor(g.view(new byte[] {0, 1}), GltfCheck.UNSIGNED_BYTE, "SCALAR", 2))),
                sparse("nothing", g -> {}),
                sparse("more elements than there are", g -> sparse(g, 4, GltfCheck.UNSIGNED_BYTE, 0, 1, 2, 2)),
                sparse("an element that is not there", g -> sparse(g, 1, GltfCheck.UNSIGNED_BYTE, 3)),
                sparse("elements by fractions", g -> sparse(g, 1, GltfCheck.FLOAT, 1)),
                sparse("by numbers beyond their view", g -> sparse(g, 3, GltfCheck.UNSIGNED_INT, 1)),
                sparse("by values beyond their view", g -> {
                    sparse(g, 2, GltfCheck.UNSIGNED_BYTE, 0, 1);
                    g.object("/accessors/0/sparse/values").put("byteOffset", 4);
                }),
                sparse("from a view that is not there", g -> {
                    sparse(g, 1, GltfCheck.UNSIGNED_BYTE, 0);
                    g.object("/accessors/0/sparse/values").put("bufferView", 99);
                }),
                lie("required extensions that are no list", g -> g.json.put("extensionsRequired", "KHR_xmp")),
                lie("no positions", g -> g.primitive().putObject("attributes")),
                lie("attributes that are a list", g -> g.primitive().putArray("attributes")),
                lie(
                        "positions that are not there",
                        g -> g.object("/meshes/0/primitives/0/attributes").put("POSITION", 99)),
                lie("no primitives", g -> g.object("/meshes/0").remove("primitives")),
                lie("a mesh that is a number", g -> g.list("meshes").set(0, 5)),
                lie("a primitive that is null", g -> ((ArrayNode) g.json.at("/meshes/0/primitives")).setNull(0)),
                lie("a node with a mesh of text", g -> g.object("/nodes/0").put("mesh", "0")),
                lie(
                        "a node that is its own child",
                        g -> g.object("/nodes/0").putArray("children").add(0)),
                lie("nodes in a circle", g -> {
                    g.list("nodes").addObject().putArray("children").add(0);
                    g.object("/nodes/0").putArray("children").add(1);
                }),
                lie("a node with two parents", g -> {
                    g.list("nodes").addObject().putArray("children").add(0);
                    g.list("nodes").addObject().putArray("children").add(0);
                }),
                lie(
                        "a node that is placed twice",
                        g -> g.object("/scenes/0").putArray("nodes").add(0).add(0)),
                lie("a scene that is not there", g -> g.json.put("scene", 3)),
                lie(
                        "a scene of nodes that are not there",
                        g -> g.object("/scenes/0").putArray("nodes").add(3)),
                lie(
                        "a matrix of three numbers",
                        g -> g.object("/nodes/0")
                                .putArray("matrix")
                                .add(1)
                                .add(2)
                                .add(3)),
                lie(
                        "a translation of text",
                        g -> g.object("/nodes/0")
                                .putArray("translation")
                                .add("a")
                                .add(0)
                                .add(0)),
                lie(
                        "more data than the file has",
                        g -> g.json.putArray("buffers").addObject().put("byteLength", 5000)),
                lie("the same vertices twenty thousand times over", g -> {
                    ArrayNode primitives = (ArrayNode) g.json.at("/meshes/0/primitives");
                    g.view(new byte[1_200_000]);
                    g.accessor(2, GltfCheck.FLOAT, "VEC3", 100_000);
                    for (int i = 0; i < 20_000; i++) {
                        primitives.addObject().putObject("attributes").put("POSITION", 2);
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void inconsistentFilesAreRefused(String name, Consumer<Glb> change) {
        Glb glb = Glb.triangle();
        change.accept(glb);

        CorruptDataException found = assertThrows(CorruptDataException.class, glb::scene);
        assertTrue(found.toString().contains(": mesh"), found::toString);
    }

    static Stream<Arguments> needs() {
        return Stream.of(
                lie("Draco", g -> g.json.putArray("extensionsRequired").add("KHR_draco_mesh_compression")),
                lie("meshopt", g -> g.json.putArray("extensionsRequired").add("EXT_meshopt_compression")),
                lie("instancing", g -> g.json.putArray("extensionsRequired").add("EXT_mesh_gpu_instancing")),
                lie(
                        "anything",
                        g -> g.json.putArray("extensionsRequired")
                                .add("KHR_materials_unlit")
                                .add("VENDOR_future_shape")),
                lie("Draco in a primitive without other data", g -> {
                    g.primitive().putObject("extensions").putObject("KHR_draco_mesh_compression");
                    g.object("/accessors/0").remove("bufferView");
                }),
                lie("Draco in indices without other data", g -> {
                    g.primitive().putObject("extensions").putObject("KHR_draco_mesh_compression");
                    g.object("/accessors/1").remove("bufferView");
                }),
                lie("a buffer for meshopt", g -> {
                    g.json.putArray("buffers").addObject().put("byteLength", 1);
                    g.list("buffers")
                            .addObject()
                            .put("byteLength", 1)
                            .putObject("extensions")
                            .putObject("EXT_meshopt_compression")
                            .put("fallback", true);
                }),
                lie(
                        "another file",
                        g -> g.json.putArray("buffers")
                                .addObject()
                                .put("uri", "file:///etc/hostname")
                                .put("byteLength", 1)),
                lie(
                        "another host",
                        g -> g.json.putArray("buffers")
                                .addObject()
                                .put("uri", "http://localhost:1/a.bin")
                                .put("byteLength", 1)),
                lie("two buffers", g -> {
                    g.json.putArray("buffers").addObject().put("byteLength", 1);
                    g.list("buffers").addObject().put("byteLength", 1);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("needs")
    void unsupportedRequirementsAreRefused(String name, Consumer<Glb> change) {
        Glb glb = Glb.triangle();
        change.accept(glb);

        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, glb::scene);
        assertTrue(refused.toString().contains("mesh "), refused::toString);
    }

    @Test
    void filesThatAreNotGlbAreRefused() {
        byte[] otherMagic = Glb.triangle().bytes();
        otherMagic[0] = 'x';
        byte[] version1 = Glb.triangle().bytes();
        version1[4] = 1;
        byte[] longChunk = Glb.triangle().bytes();
        longChunk[15] = 0x7f;
        for (byte[] file : List.of(otherMagic, version1, longChunk, new byte[0])) {
            assertThrows(CorruptDataException.class, () -> MeshScene.parse(file, "file"));
        }
    }

    private static Arguments sparse(String name, Consumer<Glb> change) {
        return lie("sparse vertices that replace " + name, g -> {
            g.object("/accessors/0").putObject("sparse").put("count", 1);
            change.accept(g);
        });
    }

    private static void sparse(Glb glb, int count, int type, int... indices) {
        byte[] numbers = new byte[indices.length];
        for (int i = 0; i < indices.length; i++) {
            numbers[i] = (byte) indices[i];
        }
        glb.object("/accessors/0").set("sparse", glb.sparse(count, type, numbers, new byte[12 * indices.length]));
    }

    private static Arguments lie(String name, Consumer<Glb> change) {
        return arguments(name, change);
    }
}
