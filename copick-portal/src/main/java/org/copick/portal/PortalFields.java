package org.copick.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.copick.entity.EntityKind;
import org.copick.spi.MetadataField;

/**
 * The fields of the portal's metadata that filters can use, with Python's names.
 *
 * <p>Annotations have the fields of their annotation, shape and file in the portal; of fields with one name, that of the
 * first.
 */
final class PortalFields {
    private static final List<MetadataField> RUN = ofRun().list();

    private static final List<MetadataField> SPACING =
            ofRun().add(MetadataField.Type.INTEGER, "id", "portal_vs_id").list();

    private static final List<MetadataField> TOMOGRAM = ofRun().rows(
                    "portal_metadata",
                    MetadataField.Type.INTEGER,
                    "id",
                    "alignmentId",
                    "depositionId",
                    "tomogramVoxelSpacingId",
                    "sizeX",
                    "sizeY",
                    "sizeZ",
                    "offsetX",
                    "offsetY",
                    "offsetZ")
            .rows(
                    "portal_metadata",
                    MetadataField.Type.NUMBER,
                    "voxelSpacing",
                    "tomogramVersion",
                    "fileSizeOmezarr",
                    "fileSizeMrc")
            .rows(
                    "portal_metadata",
                    MetadataField.Type.BOOLEAN,
                    "isPortalStandard",
                    "isAuthorSubmitted",
                    "isVisualizationDefault",
                    "ctfCorrected")
            .rows("portal_metadata", MetadataField.Type.DATE, "depositionDate", "releaseDate", "lastModifiedDate")
            .rows(
                    "portal_metadata",
                    MetadataField.Type.TEXT,
                    "name",
                    "fiducialAlignmentStatus",
                    "reconstructionMethod",
                    "processing",
                    "processingSoftware",
                    "reconstructionSoftware",
                    "s3OmezarrDir",
                    "httpsOmezarrDir",
                    "s3MrcFile",
                    "httpsMrcFile",
                    "scale0Dimensions",
                    "scale1Dimensions",
                    "scale2Dimensions")
            .add(MetadataField.Type.TEXTS, "authors", "portal_authors")
            .list();

    private static final List<MetadataField> ANNOTATION = ofRun().rows(
                    "portal_annotation",
                    MetadataField.Type.INTEGER,
                    "id",
                    "depositionId",
                    "tomogramVoxelSpacingId",
                    "objectCount")
            .rows("portal_annotation", MetadataField.Type.NUMBER, "confidencePrecision", "confidenceRecall")
            .rows("portal_annotation", MetadataField.Type.BOOLEAN, "groundTruthStatus", "isCuratorRecommended")
            .rows("portal_annotation", MetadataField.Type.DATE, "depositionDate", "releaseDate", "lastModifiedDate")
            .rows(
                    "portal_annotation",
                    MetadataField.Type.TEXT,
                    "annotationMethod",
                    "methodType",
                    "annotationSoftware",
                    "annotationPublication",
                    "annotationIngestId",
                    "objectId",
                    "objectName",
                    "objectDescription",
                    "objectState",
                    "groundTruthUsed",
                    "s3MetadataPath",
                    "httpsMetadataPath")
            .rows("portal_shape", MetadataField.Type.TEXT, "shapeType")
            .rows("portal_file", MetadataField.Type.INTEGER, "annotationShapeId", "alignmentId")
            .rows("portal_file", MetadataField.Type.NUMBER, "fileSize")
            .rows("portal_file", MetadataField.Type.BOOLEAN, "isVisualizationDefault")
            .rows("portal_file", MetadataField.Type.TEXT, "format", "source", "s3Path", "httpsPath")
            .add(MetadataField.Type.NUMBER, "voxel_spacing", "portal_voxel_spacing")
            .add(MetadataField.Type.TEXTS, "authors", "portal_authors")
            .list();

    private final Map<String, MetadataField> fields = new LinkedHashMap<>();

    private PortalFields() {}

    /** Returns the fields of the entities of a kind. */
    static List<MetadataField> of(EntityKind kind) {
        return switch (kind) {
            case RUN -> RUN;
            case VOXEL_SPACING -> SPACING;
            case TOMOGRAM -> TOMOGRAM;
            case PICKS, SEGMENTATION -> ANNOTATION;
            case FEATURES, FILAMENTS, MESH, DENSITY_MAP -> List.of();
        };
    }

    private static PortalFields ofRun() {
        return new PortalFields()
                .add(MetadataField.Type.INTEGER, "run_id", "portal_run_id")
                .add(MetadataField.Type.TEXT, MetadataField.RUN_NAME, "portal_run_name")
                .add(MetadataField.Type.INTEGER, "dataset_id", "portal_dataset_id");
    }

    private PortalFields rows(String map, MetadataField.Type type, String... names) {
        for (String name : names) {
            String python = PortalEntries.pythonName(name);
            add(type, python, map, python);
        }
        return this;
    }

    private PortalFields add(MetadataField.Type type, String name, String... path) {
        fields.put(name, new MetadataField(name, type, List.of(path)));
        return this;
    }

    private List<MetadataField> list() {
        return List.copyOf(fields.values());
    }
}
