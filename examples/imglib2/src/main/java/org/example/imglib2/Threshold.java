package org.example.imglib2;

import java.nio.file.Path;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.DoubleType;
import net.imglib2.type.numeric.real.FloatType;
import org.copick.Copick;
import org.copick.OnExisting;
import org.copick.Root;
import org.copick.Run;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.imglib2.CopickImage;
import org.copick.imglib2.CopickImages;
import org.copick.imglib2.EditableImage;

/** Marks the dark voxels of the first tomogram of a project in a new segmentation of the overlay. */
public final class Threshold {
    private Threshold() {}

    /**
     * Runs the example.
     *
     * @param args the configuration of a project
     */
    public static void main(String[] args) {
        try (Root root = Copick.open(Path.of(args[0]))) {
            Run run = root.runs().get(0);
            Tomogram tomogram = run.voxelSpacings().get(0).tomograms().get(0);
            CopickImage<FloatType> image = CopickImages.openFloats(tomogram);
            RandomAccessibleInterval<FloatType> full = image.level(0);

            DoubleType sum = new DoubleType();
            DoubleType squares = new DoubleType();
            LoopBuilder.setImages(full).forEachPixel(voxel -> {
                sum.set(sum.get() + voxel.get());
                squares.set(squares.get() + voxel.get() * voxel.get());
            });
            double mean = sum.get() / full.size();
            double deviation = Math.sqrt(squares.get() / full.size() - mean * mean);

            // no object of the configuration is needed for a free name, but a label must be one of theirs
            int label = (int) root.objects().get(0).label().orElseThrow();
            double size = tomogram.voxelSpacing().voxelSize();
            Segmentation dark = run.newSegmentation(
                    SegmentationId.multilabel("dark").at(size).user("imglib2").session("example"),
                    VolumeData.zeros(full.dimension(2), full.dimension(1), full.dimension(0)),
                    OnExisting.REPLACE);
            EditableImage<UnsignedByteType> labels = CopickImages.edit(dark, new UnsignedByteType());
            double limit = mean - 2 * deviation;
            LoopBuilder.setImages(full, labels.image()).forEachPixel((voxel, mark) -> {
                if (voxel.get() < limit) {
                    mark.set(label);
                }
            });
            labels.flush().ifPresent(dark::updateLevels);

            System.out.printf(
                    "%s: %d x %d x %d voxels, mean %.4f, standard deviation %.4f%n",
                    run.name(), full.dimension(0), full.dimension(1), full.dimension(2), mean, deviation);
            System.out.println("marked in " + dark.key() + ": " + count(dark) + " voxels");
        }
    }

    private static long count(Segmentation segmentation) {
        long marked = 0;
        for (int label : segmentation.level(0).readLabels()) {
            marked += label == 0 ? 0 : 1;
        }
        return marked;
    }
}
