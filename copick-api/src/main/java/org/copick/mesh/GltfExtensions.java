package org.copick.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.copick.error.UnsupportedFeatureException;

/** The glTF extensions that a geometry reader can read or ignore, and those that it must refuse. */
final class GltfExtensions {
    static final String INSTANCING = "EXT_mesh_gpu_instancing";
    static final String VISIBILITY = "KHR_node_visibility";

    /**
     * Quantised positions, which are read; metadata, and extensions that identify parts of a mesh, which are ignored.
     */
    private static final Set<String> KNOWN = Set.of(
            "KHR_mesh_quantization",
            "KHR_xmp",
            "KHR_xmp_json_ld",
            "KHR_animation_pointer",
            "EXT_mesh_features",
            "EXT_instance_features",
            "EXT_structural_metadata");
    /** Prefixes of extensions for materials, textures and lights, which do not change the geometry. */
    private static final List<String> LOOKS = List.of(
            "KHR_materials_",
            "KHR_texture_",
            "KHR_lights_",
            "EXT_materials_",
            "EXT_texture_",
            "EXT_lights_",
            "MSFT_texture_",
            "MSFT_packing_");

    private GltfExtensions() {}

    /** Refuses a file that requires an unknown extension. */
    static void checkRequired(JsonNode required, String location) {
        for (JsonNode extension : required) {
            String name = extension.asText();
            if (isCompression(name)) {
                throw compressed(name, location, "needs");
            }
            if (!KNOWN.contains(name) && LOOKS.stream().noneMatch(name::startsWith)) {
                throw new UnsupportedFeatureException(location + " needs the glTF extension "
                        + GltfCheck.shown(extension) + ", which is not supported; save the mesh without it");
            }
        }
    }

    /** Refuses an element whose data is only available compressed. */
    static void refuseCompression(JsonNode holder, String location) {
        holder.path("extensions").fieldNames().forEachRemaining(name -> {
            if (isCompression(name)) {
                throw compressed(name, location, "uses");
            }
        });
    }

    private static boolean isCompression(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("draco") || lower.contains("meshopt");
    }

    private static UnsupportedFeatureException compressed(String name, String location, String verb) {
        return new UnsupportedFeatureException(location + " " + verb + " the glTF extension " + GltfCheck.shown(name)
                + ", which is not supported; save the mesh without compression");
    }
}
