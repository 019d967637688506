package org.copick.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A tomogram.
 *
 * @param type the type as Python copick names it; several tomograms of a voxel spacing may have one type
 * @param zarr the URL of the image; null if the portal has none
 * @param fields all fields that were asked for
 */
record TomogramRow(
        long id, long spacingId, String type, @Nullable String zarr, ObjectNode fields) {
    /** The order of tomograms with equal types: what the portal shows first, then its standard ones, then by id. */
    static final Comparator<TomogramRow> PREFERRED = Comparator.comparing(
                    (TomogramRow row) -> !row.is("isVisualizationDefault"))
            .thenComparing(row -> !row.is("isPortalStandard"))
            .thenComparing(TomogramRow::id);

    static TomogramRow of(JsonNode row) {
        Row fields = new Row("tomograms", row);
        String type = TomogramType.of(
                fields.text("reconstructionMethod"),
                fields.text("processing"),
                fields.textOrNull("processingSoftware"),
                fields.isTrue("ctfCorrected"));
        return new TomogramRow(
                fields.id("id"),
                fields.id("tomogramVoxelSpacingId"),
                type,
                fields.textOrNull("s3OmezarrDir"),
                fields.fields());
    }

    private boolean is(String field) {
        return fields.path(field).asBoolean(false);
    }
}
