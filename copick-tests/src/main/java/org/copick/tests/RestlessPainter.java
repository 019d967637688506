package org.copick.tests;

import org.copick.CopickContext;
import org.copick.Root;
import org.copick.Segmentation;
import org.copick.SegmentationId;
import org.copick.VolumeData;
import org.copick.VolumeOptions;
import org.copick.zarr.ImageFormat;
import org.copick.zarr.Region;

/** A program that paints single voxels of a chunk while others paint in the same chunk. */
final class RestlessPainter {
    private static final int STROKES_IN_A_ROW = 256;

    private RestlessPainter() {}

    /** Runs the program. Arguments: the configuration, the number of the painter, the number of strokes. */
    public static void main(String[] arguments) throws Exception {
        int painter = Integer.parseInt(arguments[1]);
        int strokes = Integer.parseInt(arguments[2]);
        try (CopickContext context = CopickContext.builder().build();
                Root root = TestProject.open(context, arguments[0])) {
            Segmentation canvas = canvas(root);
            for (int stroke = 0; stroke < strokes; stroke++) {
                canvas.writeRegion(voxel(painter, stroke), VolumeData.of(new byte[] {1}, 1, 1, 1));
            }
        }
    }

    /** Creates the segmentation, large enough for this number of painters. */
    static void prepare(Root root, int painters) {
        root.newRun("TS_1")
                .newSegmentation(
                        SegmentationId.binary("membrane").at(10).user("alice").session("1"),
                        VolumeData.zeros(painters, 1, STROKES_IN_A_ROW),
                        VolumeOptions.defaults()
                                .format(ImageFormat.VERSION_2.withChunk(painters, 1, STROKES_IN_A_ROW))
                                .levels(1));
    }

    /** Returns the number of painted voxels. */
    static int painted(Root root) {
        float[] voxels = canvas(root).volume().level(0).readFloats();
        int painted = 0;
        for (float voxel : voxels) {
            painted += (int) voxel;
        }
        return painted;
    }

    private static Segmentation canvas(Root root) {
        return root.run("TS_1")
                .segmentation(
                        SegmentationId.binary("membrane").at(10).user("alice").session("1"));
    }

    private static Region voxel(int painter, int stroke) {
        return Region.of(new long[] {painter, 0, stroke}, new long[] {1, 1, 1});
    }
}
