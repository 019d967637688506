package org.example.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.copick.AnnotationId;
import org.copick.Copick;
import org.copick.Root;
import org.copick.Run;
import org.copick.Tomogram;
import org.copick.VolumeData;
import org.copick.config.ProjectConfig;
import org.copick.picks.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that the picture shows the pick and the voxels at their places. */
final class SlicePictureTest {
    @Test
    void aPickIsDrawnOnItsVoxel(@TempDir Path folder) throws Exception {
        String config = """
                {"overlay_root": "local://%s", "pickable_objects": [
                  {"name": "ribosome", "is_particle": true, "label": 1, "color": [255, 0, 0, 255]}]}
                """.formatted(folder.resolve("data"));
        try (Root root = Copick.open(ProjectConfig.parse(config, "of a test"))) {
            float[] voxels = new float[5 * 30 * 40];
            for (int i = 0; i < voxels.length; i++) {
                voxels[i] = i % 40; // brighter from left to right
            }
            Run run = root.newRun("TS_001");
            Tomogram tomogram = run.newVoxelSpacing(7.84).newTomogram("wbp", VolumeData.of(voxels, 5, 30, 40));
            run.newPicks(
                    AnnotationId.of("ribosome").user("alice").session("1"),
                    List.of(Point.at(12 * 7.84, 20 * 7.84, 3 * 7.84)));

            Path picture = folder.resolve("slice.png");
            assertEquals(
                    picture + ": TS_001/wbp@7.84, slice 4 of 5, 1 pixel = 0.784 nm",
                    SlicePicture.draw(run, tomogram, picture));
            BufferedImage image = ImageIO.read(picture.toFile());
            assertEquals(40, image.getWidth());
            assertEquals(30, image.getHeight());
            assertEquals(0xffff0000, image.getRGB(12, 20));
            assertEquals(0xff000000, image.getRGB(0, 5));
            assertEquals(0xffffffff, image.getRGB(39, 5));
        }
    }
}
