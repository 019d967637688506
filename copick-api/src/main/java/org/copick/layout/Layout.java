package org.copick.layout;

import java.util.List;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.error.InvalidNameException;

/** The names of entities in a store, as Python copick gives them (spec section 4.1). */
final class Layout {
    static final String RUNS = "ExperimentRuns/";
    static final String OBJECTS = "Objects/";
    static final String SPACING = "VoxelSpacing";
    static final String PICKS = "Picks/";
    static final String FILAMENTS = "Filaments/";
    static final String MESHES = "Meshes/";
    static final String SEGMENTATIONS = "Segmentations/";
    static final String INSTANCE_SEGMENTATIONS = "InstanceSegmentations/";
    static final String PANOPTIC_SEGMENTATIONS = "PanopticSegmentations/";

    static final String JSON = ".json";
    static final String GLB = ".glb";
    static final String ZARR = ".zarr";
    static final String FEATURES = "_features" + ZARR;
    static final String MULTILABEL = "-multilabel";

    /** What Python puts into every run and voxel spacing that it creates; nothing reads it. */
    static final String MARKER = ".meta";

    /** The objects of a volume without which there is nothing in it to read. */
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

    /** The folder of a kind of annotations within a run; segmentations have {@link #segmentations} of their own. */
    static String annotations(EntityKey.Annotation key) {
        return run(key.run()) + folder(key);
    }

    static String document(EntityKey.Annotation key) {
        return annotations(key)
                + part(key.user() + "_" + key.session() + "_" + key.object())
                + (key instanceof EntityKey.Mesh ? GLB : JSON);
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

    private static String folder(EntityKey.Annotation key) {
        return switch (key.kind()) {
            case PICKS -> PICKS;
            case FILAMENTS -> FILAMENTS;
            case MESH -> MESHES;
            default -> throw new IllegalArgumentException(key + " is not one document");
        };
    }

    /** A name as part of a path: one that would lead elsewhere is no name. */
    private static String part(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new InvalidNameException("\"" + name.replace("\0", "\\0") + "\" cannot be the name of an entity");
        }
        return name;
    }
}
