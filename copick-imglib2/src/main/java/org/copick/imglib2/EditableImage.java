package org.copick.imglib2;

import java.util.Optional;
import net.imglib2.img.Img;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.RealType;
import org.copick.VolumeEntity;
import org.copick.zarr.Region;

/**
 * The full resolution of a volume as an image that can be changed. {@link #flush} writes the changes.
 *
 * <p>The image has the axes and cells that {@link CopickImage} describes. Changed cells stay in memory until they are
 * written, all others only as long as someone uses them. If the changes take more than a quarter of the maximum heap,
 * loading another cell is an {@link IllegalStateException}.
 *
 * <p>Several threads may read and change different elements at a time, each with its own cursor or random access, but
 * nobody may change elements while {@code flush} runs. Change elements with {@code set} of ImgLib2's types; what is
 * written to the Java arrays below them is not noticed.
 *
 * <pre>{@code
 * EditableImage<UnsignedByteType> image = CopickImages.edit(segmentation, new UnsignedByteType());
 * image.image().getAt(x, y, z).set(label);
 * image.flush().ifPresent(segmentation::updateLevels);
 * }</pre>
 *
 * @param <T> the type of the elements
 */
public final class EditableImage<T extends NativeType<T> & RealType<T>> {
    private static final int QUARTER = 4;

    private final Edits<?> edits;
    private final Img<T> image;

    EditableImage(VolumeEntity entity, T type) {
        Edits<?> all = edits(entity, ElementArrays.of(type));
        this.edits = all;
        this.image = CopickImages.image(
                type, all.cells(), index -> CopickImages.cell(all.cells(), index, all.access(index)));
    }

    private static <P> Edits<P> edits(VolumeEntity entity, ElementArrays<P> arrays) {
        return new Edits<>(
                entity,
                new LevelCells<>(entity.level(0).array(), arrays),
                Runtime.getRuntime().maxMemory() / QUARTER);
    }

    /** {@return the image, with the axes x, y, z, or x, y, z and one more} */
    public Img<T> image() {
        return image;
    }

    /** {@return whether there are changes that were not written yet} */
    public boolean isChanged() {
        return edits.areThereAny();
    }

    /**
     * Writes all changes, with one {@link VolumeEntity#writeRegion} for each chunk or shard that has any.
     *
     * <p>A shard that takes more than a sixteenth of the maximum heap is written in several parts. Changed cells are
     * written as a whole, so what others have written to the same cells since they were loaded is lost. The unchanged
     * cells between them are read again and written back. The entity is refreshed. The lower levels do not change; pass
     * the returned box to {@link VolumeEntity#updateLevels(Region)}. If a chunk cannot be written, the
     * others are, its changes are kept for the next {@code flush}, and the first failure is thrown; the next box that is
     * returned contains what was written before the failure.
     *
     * @return the box of level 0, z, y, x, or one more axis followed by these, that contains all changed cells; empty if
     *     nothing was changed
     * @throws org.copick.error.InvalidDataException if a label is not allowed in this segmentation, or an element of a
     *     bool array is neither 0 nor 1
     * @throws org.copick.error.ConflictException if the volume was replaced by one of another shape, type or chunk shape;
     *     the changes cannot be written then
     */
    public Optional<Region> flush() {
        return edits.flush();
    }

    /** {@return the location of the level} */
    @Override
    public String toString() {
        return edits.cells().array.location();
    }
}
