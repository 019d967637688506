package org.copick.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.copick.Entity;
import org.copick.Run;
import org.copick.VoxelSpacing;
import org.copick.internal.json.JsonTree;

/** Writes what the CryoET Data Portal knows of an entity, without dates. Writes nothing for other entities. */
final class PortalFacts {
    /** The fields of the manifest by the names of a run's metadata, which other entities have, too. */
    private static final Map<String, String> OF_RUN = Map.of(
            "portal_run_id", "run_id",
            "portal_run_name", "run_name",
            "portal_dataset_id", "dataset_id");

    /** The fields of the manifest by the names of an entity's metadata. */
    private static final Map<String, String> NAMES = Map.of(
            "portal_tomo_id", "tomogram_id",
            "portal_metadata", "metadata",
            "portal_annotation", "annotation",
            "portal_shape", "shape",
            "portal_file", "file",
            "portal_voxel_spacing", "voxel_spacing",
            "portal_authors", "authors");

    private PortalFacts() {}

    static void write(JsonGenerator json, Entity entity) throws IOException {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        entity.metadata().forEach((name, value) -> {
            String field = (entity instanceof Run ? OF_RUN : NAMES).get(name);
            if (field != null) {
                facts.set(field, JsonTree.tree(value));
            }
        });
        facts.forEach(value -> {
            if (value instanceof ObjectNode fields) {
                List<String> names = new ArrayList<>();
                fields.fieldNames().forEachRemaining(names::add);
                names.removeIf(name -> !name.endsWith("_date"));
                fields.remove(names);
            }
        });
        if (!facts.isEmpty()) {
            json.writeFieldName("portal");
            ManifestJson.write(json, facts);
        }
        if (entity instanceof VoxelSpacing spacing
                && spacing.root().config().configType().equals("cryoet_data_portal")) {
            json.writeFieldName("portal_vs_id");
            Object id = spacing.metadata().get("portal_vs_id");
            if (id instanceof Number number) {
                json.writeNumber(number.longValue());
            } else {
                json.writeNull();
            }
        }
    }
}
