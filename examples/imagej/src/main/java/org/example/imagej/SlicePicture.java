package org.example.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.io.FileSaver;
import ij.plugin.ContrastEnhancer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.imagej.CopickImagePlus;

/** Draws a slice of a tomogram and the picks on it with ImageJ, without a display. */
public final class SlicePicture {
    private SlicePicture() {}

    /** Arguments: the configuration of a project, the picture to write and, if not the first ones, a run and tomogram type. */
    public static void main(String[] args) throws IOException {
        try (Root root = Copick.open(Path.of(args[0]))) {
            Run run = args.length > 2 ? root.run(args[2]) : root.runs().get(0);
            Tomogram tomogram = run.voxelSpacings().stream()
                    .flatMap(spacing -> spacing.tomograms().stream())
                    .filter(each -> args.length < 4 || each.type().equals(args[3]))
                    .findFirst()
                    .orElseThrow();
            System.out.println(draw(run, tomogram, Path.of(args[1])));
        }
    }

    /** Draws the slice with the most picks, and describes the picture. */
    static String draw(Run run, Tomogram tomogram, Path picture) throws IOException {
        ImagePlus image = CopickImagePlus.open(tomogram);
        run.picks().forEach(picks -> CopickImagePlus.showPicks(image, picks));
        image.setSlice(slice(image));
        new ContrastEnhancer().stretchHistogram(image, 0.35);
        Files.deleteIfExists(picture);
        new FileSaver(image.flatten()).saveAsPng(picture.toString());
        if (!Files.exists(picture)) { // ImageJ shows failures in a window, which is not there
            throw new IOException("cannot write " + picture);
        }
        return picture + ": " + image.getTitle() + ", slice " + image.getCurrentSlice() + " of " + image.getNSlices()
                + ", 1 pixel = " + image.getCalibration().pixelWidth + " "
                + image.getCalibration().getUnit();
    }

    private static int slice(ImagePlus image) {
        Map<Integer, Integer> points = new HashMap<>();
        if (image.getOverlay() != null) {
            for (Roi roi : image.getOverlay()) {
                points.merge(roi.getPosition(), roi.size(), Integer::sum);
            }
        }
        return points.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(image.getNSlices() / 2 + 1);
    }
}
