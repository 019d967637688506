package org.copick.imagej;

import static java.util.Objects.requireNonNull;

import ij.ImagePlus;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.copick.AnnotationId;
import org.copick.CopickUri;
import org.copick.Entity;
import org.copick.Level;
import org.copick.OnExisting;
import org.copick.Picks;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.VolumeEntity;
import org.copick.entity.EntityKey;
import org.copick.error.InvalidDataException;
import org.copick.picks.Point;

/**
 * Opens volumes as images of ImageJ, shows picks on them and saves point selections as picks.
 *
 * <p><b>Images.</b> The planes of an image are the z planes of a level; a fourth axis becomes channels. ImageJ shows
 * the types bool and uint8 with 8 bits, uint16 with 16 bits and all others as floats. Floats hold int8, int16, float16
 * and float32 exactly; int32, uint32, int64, uint64 and float64 are rounded to 24 significant bits.
 *
 * <p>The calibration is in nm, and its origin is 0. Volumes without a voxel size in their metadata have that of their
 * entity at full resolution; other levels of such volumes are not calibrated.
 *
 * <p><b>Cost.</b> Opening reads the first plane. Showing another plane costs as much as reading its region from the
 * level, so nothing if its chunks are cached. ImageJ's commands on whole stacks read every plane.
 *
 * <p><b>Changes.</b> An image does not change its volume. Changes of pixels are lost when another plane is shown, as in
 * each of ImageJ's virtual stacks. Adding, replacing and deleting planes throws {@link
 * org.copick.error.ReadOnlyException}; duplicate the image first. {@code ImageStack.getVoxel} and {@code getVoxels} do
 * not read virtual stacks.
 *
 * <p><b>Failures.</b> If a plane cannot be read, methods of {@code ImageStack} and {@code ImagePlus} throw copick's
 * exceptions, such as {@link org.copick.error.StorageException}, and the image stays at the plane that it showed. If the
 * sliders of a window requested the plane, ImageJ shows the exception. An interrupt ends a read with {@link
 * org.copick.error.OperationInterruptedException}.
 *
 * <p><b>Picks.</b> Points of ImageJ are at whole numbers on the centres of pixels, like positions that are multiples of
 * the voxel size. Coordinates are converted by the calibration of the image alone, so picks can be shown on any image
 * with a calibration in nm, Å or µm, such as a duplicate. Another level has its own voxel size.
 *
 * <p><b>Threads.</b> A stack may be read by many threads. Everything else follows the rules of ImageJ.
 */
public final class CopickImagePlus {
    private CopickImagePlus() {}

    /**
     * Opens a tomogram, features or a segmentation at full resolution.
     *
     * <p>See {@link #open(VolumeEntity, int)}.
     *
     * @param entity the entity, whose project must stay open as long as the image is used
     * @return an image, which is not shown in a window yet
     */
    public static ImagePlus open(VolumeEntity entity) {
        return open(entity, 0);
    }

    /**
     * Opens a level of a tomogram, features or a segmentation.
     *
     * <p>The title has the run and the copick URI, such as {@code TS_001/wbp@10.0}. Binary and multilabel segmentations
     * are shown with the highest label in white.
     *
     * @param entity the entity, whose project must stay open as long as the image is used
     * @param level the number of the level; 0 is the full resolution
     * @return an image, which is not shown in a window yet
     * @throws org.copick.error.NotFoundException if there is no such level
     * @throws org.copick.error.UnsupportedFeatureException if the level has neither three nor four axes, is empty, or
     *     has more planes, or voxels in a plane, than ImageJ can count
     */
    public static ImagePlus open(VolumeEntity entity, int level) {
        requireNonNull(entity, "entity");
        EntityKey.InRun key = (EntityKey.InRun) ((Entity) entity).key();
        String title = key.run() + "/" + CopickUri.of(key) + (level == 0 ? "" : " level " + level);
        ImagePlus image = open(
                entity.level(level),
                title,
                level == 0 ? OptionalDouble.of(entity.voxelSize()) : OptionalDouble.empty());
        if (entity instanceof Segmentation segmentation) {
            highestLabel(segmentation).ifPresent(label -> image.setDisplayRange(0, (double) label));
        }
        return image;
    }

    /**
     * Opens a level of any volume, such as a density map.
     *
     * @param level the level, whose project must stay open as long as the image is used
     * @param title the title of the image
     * @return an image, which is not shown in a window yet
     * @throws org.copick.error.UnsupportedFeatureException if the level has neither three nor four axes, is empty, or
     *     has more planes, or voxels in a plane, than ImageJ can count
     */
    public static ImagePlus open(Level level, String title) {
        return open(requireNonNull(level, "level"), requireNonNull(title, "title"), OptionalDouble.empty());
    }

    private static ImagePlus open(Level level, String title, OptionalDouble voxelSize) {
        ImagePlus image = new VolumeImage(title, VolumeStack.of(level));
        double[] scale = level.scale().orElseGet(() -> voxelSize.stream().toArray());
        double[] zyx = scale.length == 1
                ? new double[] {scale[0], scale[0], scale[0]}
                : Arrays.copyOfRange(scale, Math.max(0, scale.length - 3), scale.length);
        if (zyx.length == 3 && Arrays.stream(zyx).allMatch(size -> size > 0 && size < Double.POSITIVE_INFINITY)) {
            image.setCalibration(PixelGrid.calibration(zyx));
        }
        image.setProperty("Info", level + "\n" + level.dataType() + " " + Arrays.toString(level.shape()));
        return image;
    }

    private static OptionalLong highestLabel(Segmentation segmentation) {
        return switch (segmentation.type()) {
            case BINARY -> OptionalLong.of(1);
            case MULTILABEL ->
                segmentation.root().objects().stream()
                        .mapToLong(object -> object.label().orElse(1))
                        .filter(label -> label > 0)
                        .max();
            case INSTANCE, PANOPTIC -> OptionalLong.empty();
        };
    }

    /**
     * Shows picks in the overlay of an image, as points in the object's colour.
     *
     * <p>A point is drawn on the plane nearest to it, in all channels. Showing picks again replaces their points. The
     * name of a selection in the overlay is the copick URI of its picks, such as {@code ribosome:alice/7}.
     *
     * @param image an image with a calibration in nm, Å or µm
     * @param picks the picks, which are read on first use
     * @throws InvalidDataException if the image has no such calibration, or a location is not finite
     */
    public static void showPicks(ImagePlus image, Picks picks) {
        new ImagePicks(requireNonNull(image, "image")).show(requireNonNull(picks, "picks"));
    }

    /**
     * Makes picks the selection of an image, so that points can be deleted, moved and added by hand.
     *
     * <p>Each point is on the plane nearest to it, in the shown channel. {@link #points(ImagePlus, Picks)} returns the
     * result.
     *
     * @param image an image with a calibration in nm, Å or µm
     * @param picks the picks, which are read on first use; an image without a selection if they are empty
     * @throws InvalidDataException if the image has no such calibration, or a location is not finite
     */
    public static void selectPicks(ImagePlus image, Picks picks) {
        new ImagePicks(requireNonNull(image, "image")).select(requireNonNull(picks, "picks"));
    }

    /**
     * {@return the points of the image's selection on all planes, in Å; empty if there is no selection}
     *
     * <p>Along z, a point lies at the centre of its plane. A point that belongs to all planes is taken to lie on the
     * plane that is shown. Points have no orientation, instance 0 and score 1.
     *
     * @param image an image with a calibration in nm, Å or µm
     * @throws InvalidDataException if the image has no such calibration, or its selection is not one of points
     */
    public static List<Point> points(ImagePlus image) {
        return new ImagePicks(requireNonNull(image, "image")).selected();
    }

    /**
     * {@return the points of the image's selection, and for each that is still at a pick, that pick}
     *
     * <p>Such a point keeps its exact position, orientation, instance, score and unknown fields. Others are as in
     * {@link #points(ImagePlus)}.
     *
     * @param image an image with a calibration in nm, Å or µm
     * @param picks the picks that {@link #selectPicks} has selected
     * @throws InvalidDataException if the image has no such calibration, its selection is not one of points, or a
     *     location is not finite
     */
    public static List<Point> points(ImagePlus image, Picks picks) {
        return new ImagePicks(requireNonNull(image, "image")).selected(requireNonNull(picks, "picks"));
    }

    /**
     * Saves the points of the image's selection as new picks.
     *
     * <p>See {@link #savePicks(ImagePlus, Run, AnnotationId, OnExisting)}.
     *
     * @param image an image with a calibration in nm, Å or µm
     * @param run the run that the image belongs to
     * @param id the identity of the picks, with the name of an object in the configuration
     * @return the new picks
     * @throws org.copick.error.AlreadyExistsException if any layer has picks with this identity
     */
    public static Picks savePicks(ImagePlus image, Run run, AnnotationId id) {
        return savePicks(image, run, id, OnExisting.FAIL);
    }

    /**
     * Saves the points of the image's selection as picks in the writable layer.
     *
     * <p>{@link #points(ImagePlus)} says what they have, and {@link Run#newPicks(AnnotationId, List)} which other
     * exceptions are thrown.
     *
     * @param image an image with a calibration in nm, Å or µm
     * @param run the run that the image belongs to
     * @param id the identity of the picks, with the name of an object in the configuration
     * @param onExisting what to do if picks with this identity exist
     * @return the picks: new, replaced or reused
     * @throws InvalidDataException if the image has no selection or one that is not of points, or is not calibrated
     */
    public static Picks savePicks(ImagePlus image, Run run, AnnotationId id, OnExisting onExisting) {
        requireNonNull(image, "image");
        requireNonNull(run, "run");
        requireNonNull(id, "id");
        requireNonNull(onExisting, "onExisting");
        if (image.getRoi() == null) {
            throw new InvalidDataException("cannot save picks " + id + ": the image \"" + image.getTitle()
                    + "\" has no selection; make one with the multi-point tool");
        }
        return run.newPicks(id, points(image), onExisting);
    }
}
