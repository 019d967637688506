package org.copick.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.copick.AnnotationId;
import org.copick.CopyOptions;
import org.copick.Entity;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeOptions;
import org.copick.config.ObjectDefinition;
import org.copick.entity.EntityKey;
import org.copick.entity.SegmentationType;
import org.copick.entity.VoxelSize;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;

/**
 * An operation of a user on the sample project.
 *
 * @param name the name for the table
 * @param action performs the operation
 * @param again performs it after an earlier attempt that may have stopped anywhere
 * @param between accepts states of the changed entities, other than the old and the new one, that readers may find
 *     after a failure
 */
record UserOperation(String name, Consumer<Root> action, Consumer<Root> again, Predicate<String> between) {
    private static final VoxelSize SIZE = new VoxelSize(10);

    private UserOperation(String name, Consumer<Root> action) {
        this(name, action, action, state -> false);
    }

    /**
     * Returns this operation with another action for repeating it after an attempt that succeeded or stopped halfway.
     */
    private UserOperation orElse(Consumer<Root> replacing) {
        return new UserOperation(name, action, replacing, between);
    }

    private UserOperation allowing(Predicate<String> states) {
        return new UserOperation(name, action, again, states);
    }

    /**
     * Returns this operation with the states allowed while an image is rewritten.
     *
     * <p>A store that replaces prefixes atomically allows no others. Otherwise the image may be absent or without
     * levels, but never a mixture.
     */
    private UserOperation image(boolean atOnce) {
        return atOnce ? this : allowing(state -> state.equals("absent") || state.equals("without levels"));
    }

    static List<UserOperation> creating(boolean atOnce) {
        List<UserOperation> operations = new ArrayList<>();
        operations.add(new UserOperation("create run", root -> root.newRun("TS_9"))
                .orElse(root -> root.newRun("TS_9", OnExisting.REUSE)));
        operations.add(
                new UserOperation("create voxel spacing", root -> run(root).newVoxelSpacing(20))
                        .orElse(root -> run(root).newVoxelSpacing(20, OnExisting.REUSE)));
        operations.add(new UserOperation("create picks", root -> newPicks(root, OnExisting.FAIL))
                .orElse(root -> newPicks(root, OnExisting.REUSE)));
        operations.add(new UserOperation("create filaments", UserOperation::newFilaments).orElse(root -> {
            if (run(root)
                    .findFilaments(AnnotationId.of("mt").user("bob").session("2"))
                    .isEmpty()) {
                newFilaments(root);
            }
        }));
        operations.add(new UserOperation("create mesh", UserOperation::newMesh).orElse(root -> {
            if (run(root)
                    .findMesh(AnnotationId.of("membrane").user("bob").session("2"))
                    .isEmpty()) {
                newMesh(root);
            }
        }));
        operations.add(image("create tomogram", atOnce, UserOperation::createTomogram));
        operations.add(image("create features", atOnce, UserOperation::createFeatures));
        operations.add(image("create segmentation", atOnce, UserOperation::createSegmentation));
        operations.add(image(
                "create density map",
                atOnce,
                (root, options) -> root.object("mt").newDensityMap(KitProject.floats(2), 10, options)));
        return operations;
    }

    /** An action that takes the options of a new image. */
    private interface ImageAction {
        void run(Root root, VolumeOptions options);
    }

    private static UserOperation image(String name, boolean atOnce, ImageAction action) {
        return new UserOperation(name, root -> action.run(root, KitProject.options(3)))
                .orElse(root -> action.run(root, KitProject.options(3).onExisting(OnExisting.REPLACE)))
                .image(atOnce);
    }

    private static void newPicks(Root root, OnExisting onExisting) {
        run(root).newPicks(AnnotationId.of("ribo").user("bob").session("2"), KitProject.points(2), onExisting);
    }

    private static void newFilaments(Root root) {
        run(root).newFilaments(AnnotationId.of("mt").user("bob").session("2"), KitProject.filaments("TS_1", 2));
    }

    private static void newMesh(Root root) {
        run(root).newMesh(AnnotationId.of("membrane").user("bob").session("2"), KitProject.mesh(2));
    }

    private static void createTomogram(Root root, VolumeOptions options) {
        run(root).voxelSpacing(10).newTomogram("denoised", KitProject.floats(2), options);
    }

    private static void createFeatures(Root root, VolumeOptions options) {
        tomogram(root).newFeatures("edges", KitProject.features(2), options);
    }

    private static void createSegmentation(Root root, VolumeOptions options) {
        run(root)
                .newSegmentation(
                        SegmentationId.binary("membrane").at(10).user("bob").session("2"),
                        KitProject.labels(1),
                        options);
    }

    static List<UserOperation> replacing() {
        VolumeOptions options = KitProject.options(3);
        return List.of(
                new UserOperation(
                        "replace picks",
                        root -> run(root)
                                .picks(AnnotationId.of("ribo").user("alice").session("1"))
                                .write(KitProject.points(3))),
                new UserOperation(
                        "replace filaments",
                        root -> run(root)
                                .filaments(AnnotationId.of("mt").user("alice").session("1"))
                                .write(KitProject.filaments("TS_1", 3))),
                new UserOperation(
                        "replace mesh",
                        root -> run(root)
                                .mesh(AnnotationId.of("membrane").user("alice").session("1"))
                                .write(KitProject.mesh(3))),
                new UserOperation(
                        "replace tomogram",
                        root -> run(root)
                                .voxelSpacing(10)
                                .newTomogram("wbp", KitProject.floats(2), options.onExisting(OnExisting.REPLACE))),
                new UserOperation(
                        "replace features",
                        root -> tomogram(root)
                                .newFeatures("sobel", KitProject.features(2), options.onExisting(OnExisting.REPLACE))),
                new UserOperation(
                        "replace segmentation",
                        root -> run(root)
                                .newSegmentation(
                                        SegmentationId.binary("membrane")
                                                .at(10)
                                                .user("alice")
                                                .session("1"),
                                        KitProject.labels(0),
                                        options.onExisting(OnExisting.REPLACE))),
                new UserOperation(
                        "replace density map",
                        root -> root.object("ribo")
                                .newDensityMap(KitProject.floats(2), 10, options.onExisting(OnExisting.REPLACE))),
                new UserOperation("save configuration", root -> {
                    if (root.findObject("actin").isEmpty()) {
                        root.addObject(ObjectDefinition.builder("actin", true).build());
                    }
                    root.save();
                }));
    }

    static List<UserOperation> deleting(boolean atOnce) {
        List<UserOperation> operations = new ArrayList<>();
        operations.add(delete("run", new EntityKey.Run("TS_1")).image(atOnce));
        operations.add(
                delete("voxel spacing", new EntityKey.Spacing("TS_1", SIZE)).image(atOnce));
        operations.add(delete("picks", new EntityKey.Picks("TS_1", "ribo", "alice", "1")));
        operations.add(delete("filaments", new EntityKey.Filaments("TS_1", "mt", "alice", "1")));
        operations.add(delete("mesh", new EntityKey.Mesh("TS_1", "membrane", "alice", "1")));
        operations.add(
                delete("tomogram", new EntityKey.Tomogram("TS_1", SIZE, "wbp")).image(atOnce));
        operations.add(delete("features", new EntityKey.Features("TS_1", SIZE, "wbp", "sobel"))
                .image(atOnce));
        operations.add(delete("segmentation", segmentation()).image(atOnce));
        operations.add(new UserOperation(
                        "delete density map", root -> root.object("ribo").deleteDensityMap())
                .image(atOnce));
        return operations;
    }

    private static UserOperation delete(String what, EntityKey key) {
        return new UserOperation("delete " + what, root -> root.find(key).ifPresent(Entity::delete));
    }

    /**
     * Returns changes of single chunks, each of which takes effect as a whole. Labels are 1 before and 0 or 1
     * afterwards.
     */
    static List<UserOperation> painting() {
        Predicate<String> chunkwise =
                state -> state.startsWith("v3") && state.matches("(?:.*? of \\[(0.0|1.0|0.0, 1.0)\\](, |\\]))+");
        Region box = Region.of(new long[] {1, 0, 1}, new long[] {4, 5, 3});
        return List.of(
                new UserOperation("paint labels", root -> find(root).writeRegion(box, KitProject.labels(0, 4, 5, 3)))
                        .allowing(chunkwise),
                new UserOperation("paint and update levels", root -> {
                            find(root).writeRegion(box, KitProject.labels(0, 4, 5, 3));
                            find(root).updateLevels(box);
                        })
                        .allowing(chunkwise));
    }

    static List<UserOperation> copying(boolean atOnce) {
        CopyOptions stored = CopyOptions.asStored();
        CopyOptions transcoded = CopyOptions.transcoded(ImageFormat.VERSION_3.withChunk(2, 4, 4));
        return List.of(
                copy(
                        "picks",
                        new EntityKey.Picks("TS_1", "ribo", "alice", "1"),
                        new EntityKey.Picks("TS_2", "ribo", "bob", "2"),
                        stored),
                copy(
                        "filaments",
                        new EntityKey.Filaments("TS_1", "mt", "alice", "1"),
                        new EntityKey.Filaments("TS_2", "mt", "bob", "2"),
                        stored),
                copy(
                        "mesh",
                        new EntityKey.Mesh("TS_1", "membrane", "alice", "1"),
                        new EntityKey.Mesh("TS_2", "membrane", "bob", "2"),
                        stored),
                copy(
                                "tomogram as it is stored",
                                new EntityKey.Tomogram("TS_1", SIZE, "wbp"),
                                new EntityKey.Tomogram("TS_2", SIZE, "copy"),
                                stored)
                        .image(atOnce),
                copy(
                                "tomogram in another format",
                                new EntityKey.Tomogram("TS_1", SIZE, "wbp"),
                                new EntityKey.Tomogram("TS_2", SIZE, "copy"),
                                transcoded)
                        .image(atOnce),
                copy(
                                "segmentation in another format",
                                segmentation(),
                                new EntityKey.Segmentation(
                                        "TS_2", SIZE, "membrane", "bob", "2", SegmentationType.BINARY),
                                transcoded)
                        .image(atOnce));
    }

    private static UserOperation copy(String what, EntityKey from, EntityKey to, CopyOptions options) {
        return new UserOperation("copy " + what, root -> root.copy(root.entity(from), to, options))
                .orElse(root -> root.copy(root.entity(from), to, options.onExisting(OnExisting.REPLACE)));
    }

    private static Run run(Root root) {
        return root.run("TS_1");
    }

    private static Tomogram tomogram(Root root) {
        return run(root).voxelSpacing(10).tomogram("wbp");
    }

    private static Segmentation find(Root root) {
        return (Segmentation) root.entity(segmentation());
    }

    /**
     * Returns operations on an overlay that hides a mesh of the shared run.
     *
     * @param source the project from which entities are published
     */
    static List<UserOperation> overlaying(boolean atOnce, Root source) {
        EntityKey.Mesh mesh = new EntityKey.Mesh("TS_1", "membrane", "alice", "1");
        List<Entity> published = List.of(
                source.find(new EntityKey.Picks("TS_1", "ribo", "carol", "3")).orElseThrow(),
                source.find(new EntityKey.Tomogram("TS_1", SIZE, "published")).orElseThrow());
        return List.of(
                hide("picks", new EntityKey.Picks("TS_1", "ribo", "alice", "1")),
                hide("tomogram", new EntityKey.Tomogram("TS_1", SIZE, "wbp")),
                hide("run", new EntityKey.Run("TS_2")),
                new UserOperation("unhide a mesh", root -> root.unhide(mesh)),
                new UserOperation(
                        "copy shared picks into the overlay",
                        root -> run(root)
                                .picks(AnnotationId.of("ribo").user("alice").session("1"))
                                .writableCopy()),
                new UserOperation(
                                "copy a shared tomogram into the overlay",
                                root -> tomogram(root).writableCopy())
                        .image(atOnce),
                new UserOperation(
                                "publish picks and a tomogram",
                                root -> source.promote(published, root, CopyOptions.asStored()))
                        .orElse(root -> source.promote(
                                published, root, CopyOptions.asStored().onExisting(OnExisting.REPLACE)))
                        .image(atOnce));
    }

    private static UserOperation hide(String what, EntityKey key) {
        return new UserOperation("hide " + what, root -> root.find(key).ifPresent(Entity::hide));
    }

    static EntityKey.Segmentation segmentation() {
        return new EntityKey.Segmentation("TS_1", SIZE, "membrane", "alice", "1", SegmentationType.BINARY);
    }
}
