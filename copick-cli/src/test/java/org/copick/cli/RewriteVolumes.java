package org.copick.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.copick.CopickContext;
import org.copick.Features;
import org.copick.Level;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.Tomogram;
import org.copick.Volume;
import org.copick.VoxelSpacing;
import org.copick.storage.ObjectStore;
import org.copick.storage.StorePlace;
import org.copick.storage.WriteCondition;
import org.copick.zarr.BoxSource;
import org.copick.zarr.DataType;
import org.copick.zarr.Downscaling;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.ImageLevel;
import org.copick.zarr.ImageSpec;
import org.copick.zarr.ImageWriter;
import org.copick.zarr.Multiscale;
import org.copick.zarr.Region;
import org.copick.zarr.Zarr;
import org.copick.zarr.ZarrArray;
import org.copick.zarr.ZarrGroup;

/**
 * A program that rewrites all tomograms, features and segmentations of a project in place, level by level.
 *
 * <p>The checks with real Python use it. Arguments: the configuration, and the Zarr version to write.
 */
final class RewriteVolumes {
    private final CopickContext context;
    private final ImageFormat format;
    private int written;

    private RewriteVolumes(CopickContext context, ImageFormat format) {
        this.context = context;
        this.format = format;
    }

    public static void main(String[] arguments) {
        // small chunks, so that every volume has several
        ImageFormat format = arguments[1].equals("2")
                ? ImageFormat.VERSION_2.withChunk(16, 32, 32)
                : ImageFormat.VERSION_3.withChunk(16, 32, 32);
        try (CopickContext context = CopickContext.builder().build();
                Root root = context.open(Path.of(arguments[0]).toString())) {
            RewriteVolumes rewriting = new RewriteVolumes(context, format);
            List<Volume> volumes = new ArrayList<>();
            for (Run run : root.unmerged().runs()) {
                for (VoxelSpacing spacing : run.voxelSpacings()) {
                    for (Tomogram tomogram : spacing.tomograms()) {
                        volumes.add(tomogram.volume());
                        tomogram.features().stream().map(Features::volume).forEach(volumes::add);
                    }
                }
                run.segmentations().stream().map(Segmentation::volume).forEach(volumes::add);
            }
            volumes.forEach(rewriting::rewrite);
            if (rewriting.written == 0) {
                throw new IllegalStateException("no volume was written");
            }
        }
    }

    private void rewrite(Volume volume) {
        List<Level> levels = volume.levels();
        if (levels.isEmpty()) {
            return;
        }
        try (ObjectStore store = context.store(volume.location())) {
            ZarrGroup group =
                    (ZarrGroup) new Zarr(context.cache()).open(store, "").orElseThrow();
            List<ImageLevel> given = new ArrayList<>();
            for (Level level : levels) {
                ZarrArray array = (ZarrArray) group.member(level.path()).orElseThrow();
                byte[] elements = new byte
                        [(int) Region.all(array.shape()).size()
                                * array.dataType().bytes()];
                array.readBytes(Region.all(array.shape()), elements);
                given.add(new ImageLevel(
                        array.shape(), level.scale(), inMemory(elements, array.shape(), array.dataType())));
            }
            ZarrArray first = (ZarrArray) group.member(levels.get(0).path()).orElseThrow();
            Optional<Multiscale.Axis> leading = first.shape().length == 4
                    ? Optional.of(Multiscale.of(group).orElseThrow().axes().get(0))
                    : Optional.empty();
            ImageSpec spec = new ImageSpec(
                    first.shape(),
                    first.dataType(),
                    1,
                    levels.size(),
                    Downscaling.NEAREST,
                    leading,
                    leading.filter(axis -> axis.name().equals("c")).isPresent(),
                    Collections.singletonMap("metadata", volume.metadata().orElse(null)));
            ImageWriter.write(new StorePlace(store, ""), WriteCondition.ANY, spec, format, given);
            written++;
        }
    }

    private static BoxSource inMemory(byte[] elements, long[] shape, DataType type) {
        long[] inBytes = shape.clone();
        inBytes[shape.length - 1] *= type.bytes();
        BoxSource bytes = BoxSource.of(elements, inBytes);
        return (box, into) -> {
            long[] start = new long[shape.length];
            long[] length = box.shape();
            for (int i = 0; i < start.length; i++) {
                start[i] = box.start(i);
            }
            start[start.length - 1] *= type.bytes();
            length[start.length - 1] *= type.bytes();
            bytes.read(Region.of(start, length), into);
        };
    }
}
