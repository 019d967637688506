package org.copick.layout;

import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.entity.EntityKind;
import org.copick.entity.SegmentationType;
import org.copick.error.InvalidNameException;

/** The names of entities in a store, as Python copick writes them (spec section 4.1). */
final class Layout {
    static final String RUNS = "ExperimentRuns/";
    static final String OBJECTS = "Objects/";
    static final String SPACING = "VoxelSpacing";
    static final String SEGMENTATIONS = "Segmentations/";
    static final String INSTANCE_SEGMENTATIONS = "InstanceSegmentations/";
    static final String PANOPTIC_SEGMENTATIONS = "PanopticSegmentations/";

    static final String ZARR = ".zarr";
    static final String FEATURES = "_features" + ZARR;
    static final String MULTILABEL = "-multilabel";

    /** The object that Python puts into every run and voxel spacing that it creates; nothing reads it. */
    static final String MARKER = ".meta";

    /** The group metadata objects. A volume that has none of them cannot be read. */
    static final List<String> GROUP_METADATA = List.of("zarr.json", ".zgroup");

    private Layout() {}

    static boolean isGroupMetadata(String key) {
        return GROUP_METADATA.stream().anyMatch(name -> key.endsWith(ZARR + "/" + name));
    }

    static String run(String run) {
        return RUNS + part(run) + "/";
    }

    static String spacing(EntityKey.Spacing key) {
        return run(key.run()) + SPACING + key.size().text() + "/";
    }

    /**
     * Returns the folder for documents of an annotation's kind within its run; for segmentations see {@link
     * #segmentations}.
     */
    static String annotations(EntityKey.Annotation key) {
        return run(key.run()) + folder(key.kind());
    }

    static String document(EntityKey.Annotation key) {
        return annotations(key) + part(key.user() + "_" + key.session() + "_" + key.object()) + suffix(key.kind());
    }

    static String segmentation(EntityKey.Segmentation key) {
        return run(key.run()) + segmentations(key.type()) + key.size().text() + "_"
                + part(key.user() + "_" + key.session() + "_" + key.object())
                + (key.type() == SegmentationType.MULTILABEL ? MULTILABEL : "") + ZARR + "/";
    }

    static String segmentations(SegmentationType type) {
        return switch (type) {
            case BINARY, MULTILABEL -> SEGMENTATIONS;
            case INSTANCE -> INSTANCE_SEGMENTATIONS;
            case PANOPTIC -> PANOPTIC_SEGMENTATIONS;
        };
    }

    static String tomogram(String spacingPrefix, EntityKey.Tomogram key) {
        return spacingPrefix + part(key.type()) + ZARR + "/";
    }

    static String features(String spacingPrefix, EntityKey.Features key) {
        return spacingPrefix + part(key.tomogram() + "_" + key.type()) + FEATURES + "/";
    }

    static String densityMap(EntityKey.DensityMap key) {
        return OBJECTS + part(key.object()) + ZARR + "/";
    }

    /** Returns the folder of a run that holds documents of a kind. */
    static String folder(EntityKind kind) {
        return switch (kind) {
            case PICKS -> "Picks/";
            case FILAMENTS -> "Filaments/";
            case MESH -> "Meshes/";
            default -> throw new IllegalArgumentException(kind + " is not one document");
        };
    }

    /** Returns the ending of document names of a kind. */
    static String suffix(EntityKind kind) {
        return kind == EntityKind.MESH ? ".glb" : ".json";
    }

    /** Returns a name as part of a path; refuses names that would lead elsewhere. */
    private static String part(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new InvalidNameException("\"" + name.replace("\0", "\\0") + "\" cannot be the name of an entity");
        }
        return name;
    }
}
