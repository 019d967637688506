package org.copick.cli.exchange;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.copick.CopickContext;
import org.copick.Level;
import org.copick.Volume;
import org.copick.VolumeData;
import org.copick.cli.output.CommandFailure;
import org.copick.error.CorruptDataException;
import org.copick.error.UnsupportedFeatureException;
import org.copick.storage.ObjectStore;
import org.copick.zarr.BoxSource;
import org.copick.zarr.ImageAxes;
import org.copick.zarr.ZarrArray;

/**
 * The full resolution of a Zarr image by another program, as a volume with the axes z, y and x.
 *
 * @param data the volume
 * @param voxelSize the voxel size in Å; empty if the metadata have none
 * @param problem the reason why the voxel size cannot be used, and the remedy
 * @param store the store that the volume reads from
 */
record ZarrVolume(VolumeData data, OptionalDouble voxelSize, Optional<String> problem, ObjectStore store)
        implements AutoCloseable {
    /** Difference in Å below which two voxel sizes are equal, because copick writes three decimals. */
    private static final double SAME = 0.001;

    private static final int SPATIAL = 3;
    /** Number of digits of a size in a message. */
    private static final MathContext SHOWN = new MathContext(7);

    /** Opens a folder; elements are read on demand. */
    static ZarrVolume open(CopickContext context, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(folder + " is not a Zarr folder");
        }
        ObjectStore store = context.store(folder.toString());
        try {
            return open(context, folder, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static ZarrVolume open(CopickContext context, Path folder, ObjectStore store) {
        if (context.zarr().open(store, "").orElse(null) instanceof ZarrArray array) {
            ImageAxes axes = ImageAxes.of(List.of(), array, false);
            return new ZarrVolume(
                    data(folder, axes, axes.arrange(array)), OptionalDouble.empty(), Optional.empty(), store);
        }
        Volume volume = Volume.open(context.zarr(), store);
        if (volume.levels().isEmpty() && volume.zarrFormat().isEmpty()) {
            throw new CorruptDataException(folder + " holds no Zarr metadata");
        }
        if (volume.levels().isEmpty()) {
            throw new CorruptDataException(folder + " holds no array of an image");
        }
        volume.contradiction().ifPresent(problem -> {
            throw new CommandFailure("cannot import " + folder + ": " + problem);
        });
        Level level = volume.level(0);
        VolumeData data = data(folder, level.imageAxes(), level.array());
        try {
            Optional<double[]> scale = level.scale();
            if (scale.isEmpty()) {
                return new ZarrVolume(data, OptionalDouble.empty(), Optional.empty(), store);
            }
            double[] size = Arrays.copyOfRange(scale.get(), scale.get().length - SPATIAL, scale.get().length);
            return new ZarrVolume(data, OptionalDouble.of(size[0]), problem(size, volume.hasUnit()), store);
        } catch (UnsupportedFeatureException e) {
            String problem = e.getMessage() + "; pass --voxel-size";
            return new ZarrVolume(data, OptionalDouble.empty(), Optional.of(problem), store);
        }
    }

    private static VolumeData data(Path folder, ImageAxes axes, ZarrArray array) {
        long[] shape = array.shape();
        if (!axes.isVolume(shape, 1)) {
            throw new CommandFailure("cannot import " + folder
                    + ": it is not a volume with the axes z, y and x; its shape is " + axes.describe(shape));
        }
        try {
            return VolumeData.of(array.dataType(), BoxSource.of(array), shape);
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException(folder + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> problem(double[] size, boolean hasUnit) {
        String shown = Arrays.stream(size).mapToObj(ZarrVolume::shown).collect(Collectors.joining(" × "));
        if (Arrays.stream(size).anyMatch(along -> !(along > 0))) {
            return Optional.of("its metadata give a voxel size of " + shown + " Å (z, y, x); pass --voxel-size");
        }
        if (Arrays.stream(size).anyMatch(along -> Math.abs(along - size[0]) > SAME + 1e-6 * size[0])) {
            return Optional.of("voxels are " + shown + " Å (z, y, x)" + (hasUnit ? "" : ", no unit given, Å assumed")
                    + "; pass --voxel-size to treat them as cubes");
        }
        return hasUnit
                ? Optional.empty()
                : Optional.of("its metadata give a voxel size of " + shown(size[0])
                        + " without a unit; if it is in Å, pass --voxel-size " + shown(size[0]));
    }

    private static String shown(double size) {
        BigDecimal rounded = BigDecimal.valueOf(size).round(SHOWN).stripTrailingZeros();
        return rounded.scale() > 12 || rounded.precision() - rounded.scale() > 12
                ? rounded.toString()
                : rounded.toPlainString();
    }

    @Override
    public void close() {
        store.close();
    }
}
